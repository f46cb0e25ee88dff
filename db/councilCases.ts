import type { Knex } from 'knex';
import { json } from './connect.ts';

export type CouncilStage = 'notNeeded' | 'waiting' | 'open' | 'passed' | 'failed';

/** A case on a session's agenda with the rules that its pinned pack asks for; null: not asked for. */
export interface CouncilCaseRow {
  session_id: string;
  nomination_id: string;
  ordinal: number;
  sheet_rule: unknown;
  vote_rule: unknown;
  quorum: unknown;
  scoring: CouncilStage;
  ballot: CouncilStage;
}

/** Sets the agenda of a session whose cases nobody has scored, voted on or been recused from. */
export async function replaceCouncilCases(
  trx: Knex.Transaction,
  sessionId: string,
  rows: readonly CouncilCaseRow[],
): Promise<void> {
  await trx('council_cases').where({ session_id: sessionId }).delete();
  if (rows.length === 0) return;
  await trx('council_cases').insert(
    rows.map((row) => ({
      ...row,
      sheet_rule: row.sheet_rule === null ? null : json(row.sheet_rule),
      vote_rule: row.vote_rule === null ? null : json(row.vote_rule),
      quorum: json(row.quorum),
    })),
  );
}

interface CaseKey {
  sessionId: string;
  nominationId: string;
}

export async function setScoring(
  trx: Knex.Transaction,
  key: CaseKey,
  scoring: CouncilStage,
  result: unknown = null,
): Promise<void> {
  await caseOf(trx, key).update({ scoring, scoring_result: result === null ? null : json(result) });
}

export async function setBallotStage(
  trx: Knex.Transaction,
  key: CaseKey,
  ballot: CouncilStage,
): Promise<void> {
  await caseOf(trx, key).update({ ballot });
}

function caseOf(trx: Knex.Transaction, { sessionId, nominationId }: CaseKey) {
  return trx('council_cases').where({ session_id: sessionId, nomination_id: nominationId });
}

/** A nomination as a candidate for an agenda: where it stands and what its pinned pack asks of the council. */
export interface AgendaCandidate {
  id: string;
  state: string;
  /** The award's `route.council` in the pinned pack, and the pack's quorum. */
  council: unknown;
  quorum: unknown;
  /** The title of another unfinished session that has it, or null. */
  taken_by: string | null;
}

/** These nominations as candidates for the agenda of a session; unknown ids are left out. */
export async function agendaCandidates(
  trx: Knex.Transaction,
  nominationIds: readonly string[],
  sessionId: string,
): Promise<AgendaCandidate[]> {
  const { rows } = await trx.raw<{ rows: AgendaCandidate[] }>(
    `select n.id, i.state, p.content -> 'council' -> 'quorum' as quorum,
            (select award -> 'route' -> 'council' from jsonb_array_elements(p.content -> 'awards') as award
               where award ->> 'code' = n.award_code) as council,
            (select s.title from council_cases c
               join council_sessions s on s.id = c.session_id
               join workflow_instances si on si.id = s.id
               where c.nomination_id = n.id and c.session_id <> :sessionId and not si.finished
               limit 1) as taken_by
       from nominations n
       join workflow_instances i on i.id = n.id
       join rule_packs p on p.id = n.pack_id
       where n.id = any(:nominationIds::uuid[])`,
    { nominationIds: [...nominationIds], sessionId },
  );
  return rows;
}
