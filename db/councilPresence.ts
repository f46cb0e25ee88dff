import type { Knex } from 'knex';

export interface PresenceRow {
  session_id: string;
  member_id: string;
  present: boolean;
  reason: string | null;
  recorded_at: Date;
}

/** Records whether a member is there; a later entry replaces the earlier one, which history keeps. */
export async function savePresence(trx: Knex.Transaction, row: PresenceRow): Promise<void> {
  await trx<PresenceRow>('council_presence').insert(row).onConflict(['session_id', 'member_id']).merge();
}
