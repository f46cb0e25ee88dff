import type { Knex } from 'knex';
import { json } from './connect.ts';

/** Điểm liệt of a unit in a round, with why: `exclude` takes its rank, `hold` flags it. */
export interface RoundKnockout {
  unitId: string;
  code: string;
  effect: 'exclude' | 'hold';
  reason: string;
}

/** A scoring round of one cluster or bloc. */
export interface ScoringRoundRow {
  id: string;
  title: string;
  year: number;
  cluster_id: string;
  sheet_id: string;
  movement_id: string | null;
  /** The departments that score criteria of the sheet. */
  assessor_unit_ids: string[];
  knockouts: RoundKnockout[];
}

export async function insertScoringRound(trx: Knex.Transaction, row: ScoringRoundRow): Promise<void> {
  await trx('scoring_rounds').insert({ ...row, knockouts: json(row.knockouts) });
}

/** Replaces the knock-outs of a round. */
export async function saveKnockouts(
  trx: Knex.Transaction,
  id: string,
  knockouts: readonly RoundKnockout[],
): Promise<void> {
  await trx('scoring_rounds')
    .where({ id })
    .update({ knockouts: json(knockouts) });
}
