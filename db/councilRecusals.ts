import type { Knex } from 'knex';

/** A member who steps aside from one case. */
export interface RecusalRow {
  session_id: string;
  nomination_id: string;
  member_id: string;
  reason: string;
  recorded_at: Date;
}

/** Records a recusal; saying it again replaces the reason. */
export async function saveRecusal(trx: Knex.Transaction, row: RecusalRow): Promise<void> {
  await trx<RecusalRow>('council_recusals')
    .insert(row)
    .onConflict(['session_id', 'nomination_id', 'member_id'])
    .merge();
}
