import type { Knex } from 'knex';

/** That an award was taken back, by which decision and why. The award itself stays in the book. */
export interface AwardRevocationRow {
  award_id: string;
  decision_id: string;
  reason: string;
  recorded_at: Date;
}

/** Takes back every award that the decision names. */
export async function revokeListedAwards(
  trx: Knex.Transaction,
  decisionId: string,
  recordedAt: Date,
): Promise<void> {
  await trx.raw(
    `insert into award_revocations (award_id, decision_id, reason, recorded_at)
       select award_id, decision_id, reason, ? from decision_items where decision_id = ?`,
    [recordedAt, decisionId],
  );
}
