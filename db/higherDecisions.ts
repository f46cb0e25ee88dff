import type { Knex } from 'knex';

/** What the higher level answered to a forwarded nomination; written once. */
export interface HigherDecisionRow {
  nomination_id: string;
  granted: boolean;
  authority: string;
  number: string;
  decided_on: string;
  reason: string | null;
  recorded_at: Date;
}

export async function insertHigherDecision(trx: Knex.Transaction, row: HigherDecisionRow): Promise<void> {
  await trx<HigherDecisionRow>('higher_decisions').insert(row);
}
