import type { Knex } from 'knex';

/** Takes back every award that the decision names, each with its reason. The awards themselves stay in the book. */
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
