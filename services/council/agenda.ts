import type { Knex } from 'knex';
import { z } from 'zod';
import { agendaCandidates, type AgendaCandidate, type CouncilCaseRow } from '../../db/councilCases.ts';
import { lockInstances } from '../../db/workflowInstances.ts';
import { InvalidInput, NotAllowedNow } from '../errors.ts';
import { councilSheetRule, councilVoteRule } from '../rules/routeRule.ts';
import { fraction } from '../rules/ruleFields.ts';

const asked = z.object({ sheet: councilSheetRule.nullable(), vote: councilVoteRule.nullable() });

/**
 * The agenda of a session: these nominations in this order, each with the rules of its pinned pack. The nominations
 * stay locked until the transaction ends, so that no two sessions take the same one.
 * Throws InvalidInput for an unknown or repeated nomination (a draft is its unit's, and unknown here), NotAllowedNow (`wrong-state`) for one that is not before
 * the council, NotAllowedNow (`conflict`) for one that another unfinished session has.
 */
export async function agendaRows(
  trx: Knex.Transaction,
  sessionId: string,
  nominationIds: readonly string[],
): Promise<CouncilCaseRow[]> {
  refuseUnknown(nominationIds, await agendaCandidates(trx, nominationIds, sessionId));
  await lockInstances(trx, nominationIds);
  const found = new Map(
    (await agendaCandidates(trx, nominationIds, sessionId)).map((candidate) => [candidate.id, candidate]),
  );
  return nominationIds.flatMap((id, index) => {
    const candidate = found.get(id);
    return candidate === undefined ? [] : [caseRow(sessionId, candidate, index + 1)];
  });
}

function refuseUnknown(ids: readonly string[], candidates: readonly AgendaCandidate[]): void {
  const known = new Set(candidates.filter(({ state }) => state !== 'draft').map(({ id }) => id));
  const problems = ids.flatMap((id, index) => {
    const pointer = `/nominationIds/${index}`;
    if (ids.indexOf(id) < index)
      return [{ pointer, message: { vi: 'Hồ sơ bị lặp lại.', en: 'Listed twice.' } }];
    if (known.has(id)) return [];
    return [{ pointer, message: { vi: 'Không có hồ sơ này.', en: 'No such nomination.' } }];
  });
  if (problems.length > 0) throw new InvalidInput(problems);
}

function caseRow(sessionId: string, candidate: AgendaCandidate, ordinal: number): CouncilCaseRow {
  const { id, state, council, quorum, taken_by } = candidate;
  if (state !== 'councilReview') {
    throw new NotAllowedNow('wrong-state', {
      vi: `Hồ sơ ${id} không ở bước chờ Hội đồng xét.`,
      en: `Nomination ${id} is not before the council.`,
    });
  }
  if (taken_by !== null) {
    throw new NotAllowedNow('conflict', {
      vi: `Hồ sơ ${id} đã có trong phiên họp chưa kết thúc "${taken_by}".`,
      en: `Nomination ${id} is on the agenda of the unfinished session "${taken_by}".`,
    });
  }
  const { sheet, vote } = asked.parse(council);
  return {
    session_id: sessionId,
    nomination_id: id,
    ordinal,
    sheet_rule: sheet,
    vote_rule: vote,
    quorum: fraction.parse(quorum),
    scoring: sheet === null ? 'notNeeded' : 'waiting',
    ballot: vote === null ? 'notNeeded' : 'waiting',
  };
}
