import type { Knex } from 'knex';

/**
 * Corrects the recipient's name of every award that the decision names. The latest correction counts; the former
 * ones, and the name that was entered, stay.
 */
export async function correctListedAwards(
  trx: Knex.Transaction,
  decisionId: string,
  recordedAt: Date,
): Promise<void> {
  await trx.raw(
    `insert into award_corrections (award_id, decision_id, recipient_name, reason, recorded_at)
       select award_id, decision_id, recipient_name, reason, ? from decision_items where decision_id = ?`,
    [recordedAt, decisionId],
  );
}
