import type { Knex } from 'knex';
import type { ReminderEntryRow } from '../reminderEntries.ts';

/** An entry of the ledger with its obligation and the mails that carried it. */
export interface LedgerRow extends ReminderEntryRow {
  instance_id: string;
  workflow: string;
  kind: string;
  owed_by: string;
  owed_unit_id: string | null;
  due_on: string;
  closed_on: string | null;
  paused_on: string | null;
  mails: {
    username: string;
    on_date: string;
    status: string;
    message_id: string;
    sent_at: string | null;
  }[];
}

export interface LedgerFilter {
  instanceId: string | null;
  /** Entries before this id, or null. */
  cursor: string | null;
  limit: number;
}

/** One page of the ledger, newest entry first. */
export async function pageOfLedger(
  db: Knex,
  { instanceId, cursor, limit }: LedgerFilter,
): Promise<LedgerRow[]> {
  const query = db('reminder_entries as e')
    .join('deadlines as d', 'd.id', 'e.deadline_id')
    .join('workflow_instances as i', 'i.id', 'd.instance_id')
    .orderBy('e.id', 'desc')
    .limit(limit);
  if (instanceId !== null) query.where('d.instance_id', instanceId);
  if (cursor !== null) query.where('e.id', '<', cursor);
  return query.select<LedgerRow[]>(
    'e.*',
    'd.instance_id',
    'i.workflow',
    'd.kind',
    'd.owed_by',
    'd.owed_unit_id',
    'd.due_on',
    'd.closed_on',
    'd.paused_on',
    db.raw(
      `coalesce((
         select jsonb_agg(jsonb_build_object('username', a.username, 'on_date', m.on_date, 'status', m.status,
                                             'message_id', m.message_id, 'sent_at', m.sent_at) order by a.username, m.id)
           from mail_entries l join mails m on m.id = l.mail_id join accounts a on a.id = m.account_id
           where l.entry_id = e.id), '[]') as mails`,
    ),
  );
}
