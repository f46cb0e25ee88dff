import type { Knex } from 'knex';
import { json } from './connect.ts';

/** One step of one obligation in the ledger. */
export interface ReminderEntryRow {
  id: string;
  deadline_id: string;
  step: string;
  scheduled_on: string;
  status: 'due' | 'superseded' | 'settled';
  /** Somebody may still have to be told. */
  waiting: boolean;
  recorded_at: Date;
}

/** True of a mail that has left, may have left, or was given up: what it carried has been told. */
const TAKEN = `m.status in ('sending', 'sent', 'failed')`;

/** The steps recorded for these deadlines. */
export function recordedSteps(
  db: Knex,
  deadlineIds: readonly string[],
): Promise<Pick<ReminderEntryRow, 'deadline_id' | 'step'>[]> {
  return db<ReminderEntryRow>('reminder_entries')
    .select('deadline_id', 'step')
    .whereIn('deadline_id', deadlineIds);
}

/** Adds entries; answers those that were not there yet. */
export async function insertEntries(
  trx: Knex.Transaction,
  rows: readonly ReminderEntryRow[],
): Promise<ReminderEntryRow[]> {
  if (rows.length === 0) return [];
  const inserted = await trx.raw<{ rows: ReminderEntryRow[] }>(
    `insert into reminder_entries (id, deadline_id, step, scheduled_on, status, waiting, recorded_at)
     select id, deadline_id, step, scheduled_on, status, waiting, recorded_at
       from jsonb_to_recordset(?) as n (
         id uuid, deadline_id uuid, step text, scheduled_on date, status text, waiting boolean, recorded_at timestamptz)
     on conflict (deadline_id, step) do nothing
     returning *`,
    [json(rows)],
  );
  return inserted.rows;
}

/**
 * Marks what these new entries overtake: earlier due entries of the same deadlines of which no mail has left are
 * superseded; of the others nobody else is told any more.
 */
export async function overtakeEntries(
  trx: Knex.Transaction,
  newer: readonly Pick<ReminderEntryRow, 'id' | 'deadline_id'>[],
): Promise<void> {
  if (newer.length === 0) return;
  const bindings = { ids: newer.map(({ id }) => id), deadlineIds: newer.map((entry) => entry.deadline_id) };
  // A mail that is being taken just now reads its lines under this lock: either it sees them overtaken, or we see it.
  await trx.raw(
    `select m.id from mails m
       where m.status = 'pending' and m.id in (
         select l.mail_id from mail_entries l join reminder_entries e on e.id = l.entry_id
           where e.deadline_id = any(:deadlineIds) and e.status = 'due' and e.id <> all(:ids))
       order by m.id for update`,
    bindings,
  );
  await trx.raw(
    `update reminder_entries e
       set waiting = false,
           status = case when exists (
             select 1 from mail_entries l join mails m on m.id = l.mail_id where l.entry_id = e.id and ${TAKEN}
           ) then 'due' else 'superseded' end
       where e.deadline_id = any(:deadlineIds) and e.status = 'due' and e.id <> all(:ids)`,
    bindings,
  );
}

/** Ends the wait of entries whose deadline is closed or stands still: nobody owes them now. */
export async function settleWaiting(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `update reminder_entries e
       set waiting = false,
           status = case when exists (
             select 1 from mail_entries l join mails m on m.id = l.mail_id where l.entry_id = e.id and ${TAKEN}
           ) then 'due' else 'settled' end
       from deadlines d
       where e.waiting and d.id = e.deadline_id and (d.closed_on is not null or d.paused_on is not null)`,
  );
}

/** An entry that somebody may have to be told of, with what says whom. */
export interface WaitingEntry {
  id: string;
  step: string;
  owed_by: string;
  owed_unit_id: string | null;
  owed_cluster_id: string | null;
  /** The unit whose case it is. */
  case_unit_id: string | null;
  /** The accounts that have a line of it in a mail that was not made void. */
  told: string[];
}

/** Up to `limit` waiting entries after the id `after`, in order of id. */
export async function waitingEntries(
  trx: Knex.Transaction,
  after: string,
  limit: number,
): Promise<WaitingEntry[]> {
  const { rows } = await trx.raw<{ rows: WaitingEntry[] }>(
    `select e.id, e.step, d.owed_by, d.owed_unit_id, d.owed_cluster_id, i.unit_id as case_unit_id,
            array(select m.account_id from mail_entries l join mails m on m.id = l.mail_id
                    where l.entry_id = e.id and m.status <> 'void') as told
       from reminder_entries e
       join deadlines d on d.id = e.deadline_id
       join workflow_instances i on i.id = d.instance_id
       where e.waiting and e.id > :after
       order by e.id limit :limit`,
    { after, limit },
  );
  return rows;
}

/** Everybody has been told of these, or has a line in a mail that will leave. */
export async function endWaiting(trx: Knex.Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx('reminder_entries').whereIn('id', ids).update({ waiting: false });
}

/** What these mails were to carry waits again: they were made void. */
export async function waitAgain(trx: Knex.Transaction, mailIds: readonly string[]): Promise<void> {
  if (mailIds.length === 0) return;
  await trx.raw(
    `update reminder_entries set waiting = true
       where status = 'due' and id in (select entry_id from mail_entries where mail_id = any(?))`,
    [[...mailIds]],
  );
}

/** Marks entries that nobody owes any more; those of which another mail has left stay due. */
export async function settleEntries(trx: Knex.Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx.raw(
    `update reminder_entries e set status = 'settled', waiting = false
       where e.id = any(?) and e.status = 'due' and not exists (
         select 1 from mail_entries l join mails m on m.id = l.mail_id where l.entry_id = e.id and ${TAKEN})`,
    [[...ids]],
  );
}
