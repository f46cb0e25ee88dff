import type { Knex } from 'knex';

/** The recipient's name as a later decision corrects it. The latest one counts; the former ones stay. */
export interface AwardCorrectionRow {
  award_id: string;
  decision_id: string;
  recipient_name: string;
  reason: string;
  recorded_at: Date;
}

/** Corrects the name of every award that the decision names. */
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
