import type { Knex } from 'knex';
import { setScoring } from '../../db/councilCases.ts';
import { replaceCouncilSheets, type CouncilSheetRow } from '../../db/councilSheets.ts';
import type { AgendaCase } from '../../db/views/councilSessionCases.ts';
import { canonicalJson } from '../audit/canonicalJson.ts';
import type { Ports } from '../ports.ts';
import type { CouncilSheetOutcome } from '../rules/councilSheet.ts';
import type { CouncilSheetRule } from '../rules/routeRule.ts';
import type { Moment } from '../workflow/capability.ts';
import { isSecret, rulesOf } from './agendaRules.ts';
import { scoresOf } from './councilFacts.ts';
import { randomId } from './randomId.ts';

/** What the scoring of a case came to, as it is kept; points are decimals. */
export interface ScoringResult extends CouncilSheetOutcome {
  minScorers: number;
  minPercent: string;
}

/**
 * Closes the scoring of a case: its exact result is kept, and where the vote will be secret the sheets lose their
 * names. Throws when the machine took another way than the sheets say: a fault, so nothing is written.
 */
export async function closeScoring(
  trx: Knex.Transaction,
  sessionId: string,
  each: AgendaCase,
  passed: boolean,
  { ports, moment }: { ports: Ports; moment: Moment },
): Promise<void> {
  const rules = rulesOf(each);
  const outcome = scoresOf(each);
  if (rules.sheet === null || outcome === null || passed !== (outcome.status === 'passed'))
    throw new Error(`the sheets of case ${each.nomination_id} do not say what its scoring was closed with`);
  const key = { sessionId, nominationId: each.nomination_id };
  if (isSecret(rules)) await replaceCouncilSheets(trx, key, withoutNames(sessionId, each, ports, moment));
  await setScoring(trx, key, passed ? 'passed' : 'failed', resultOf(rules.sheet, outcome));
}

function resultOf({ minScorers, minPercent }: CouncilSheetRule, outcome: CouncilSheetOutcome): ScoringResult {
  return { ...outcome, minScorers, minPercent };
}

/** The sheets that counted, ordered by what they say and all of one moment; drafts are forgotten. */
function withoutNames(
  sessionId: string,
  { nomination_id, sheets }: AgendaCase,
  ports: Ports,
  { now }: Moment,
): CouncilSheetRow[] {
  return sheets
    .filter(({ handed_in }) => handed_in)
    .map(({ points }) => ({ points, text: canonicalJson(points) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ points }) => ({
      id: randomId(ports),
      session_id: sessionId,
      nomination_id,
      member_id: null,
      points,
      handed_in: true,
      updated_at: now,
    }));
}
