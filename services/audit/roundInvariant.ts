import type { Knex } from 'knex';
import type { InvariantResult } from '../../db/invariants.ts';
import { pageOfRoundResults, type RoundResultRow } from '../../db/roundResults.ts';
import { recomputeRound } from '../scoring/rounds/computeRound.ts';

const AT_ONCE = 20;

/** Computes every result of every round again, the superseded ones too, and compares it with what is kept. */
export async function checkRoundResults(db: Knex): Promise<InvariantResult> {
  const broken: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page: RoundResultRow[] = await pageOfRoundResults(db, { limit: AT_ONCE, after });
    broken.push(...page.filter((row) => !computesAgain(row)).map(({ round_id }) => round_id));
    after = page.at(-1)?.id ?? null;
    if (after === null) break;
  }
  return {
    name: 'round-result-computes-again',
    says: 'the kept inputs of every round still give its kept result, and its hash seals them',
    breaches: broken.length,
    first: broken[0] ?? null,
  };
}

function computesAgain(row: RoundResultRow): boolean {
  try {
    return recomputeRound(row).identical;
  } catch {
    return false;
  }
}
