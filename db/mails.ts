import type { Knex } from 'knex';
import { json, prepared } from './connect.ts';
import type { Dispatch } from './outbox.ts';

export interface MailRow {
  id: string;
  kind: 'digest' | 'notice';
  account_id: string;
  /** The day of a digest; the day on which a notice was written. */
  on_date: string;
  outbox_id: string | null;
  message_id: string;
  subject: string | null;
  body: string | null;
  status: 'pending' | 'sending' | 'sent' | 'void' | 'failed';
  attempt: number;
  dispatched_at: Date | null;
  lease_until: Date | null;
  created_at: Date;
  sent_at: Date | null;
  last_error: string | null;
}

export type NewMail = Pick<
  MailRow,
  'id' | 'kind' | 'account_id' | 'on_date' | 'outbox_id' | 'message_id' | 'subject' | 'body' | 'created_at'
>;

/** Adds mails that are to be sent; one that is there already (same message and person, same digest day) stays. */
export async function insertMails(trx: Knex.Transaction, rows: readonly NewMail[]): Promise<void> {
  if (rows.length === 0) return;
  await trx.raw(
    `insert into mails (id, kind, account_id, on_date, outbox_id, message_id, subject, body, status, created_at)
     select id, kind, account_id, on_date, outbox_id, message_id, subject, body, 'pending', created_at
       from jsonb_to_recordset(?) as n (
         id uuid, kind text, account_id uuid, on_date date, outbox_id uuid, message_id text, subject text, body text,
         created_at timestamptz)
     on conflict do nothing`,
    [json(rows)],
  );
}

const DISPATCH = `
  update mails set dispatched_at = $1
    where id in (
      select id from mails
        where status in ('pending', 'sending')
          and (lease_until <= $1::timestamptz or (lease_until is null and status = 'pending'))
          and (dispatched_at is null or dispatched_at <= $1::timestamptz - $2::integer * interval '1 ms')
          and (kind = 'notice' or status = 'sending' or on_date = $3::date)
        order by id limit $4 for update skip locked)
    returning id, attempt`;

/** Takes up to `limit` mails that wait to be sent, or whose sender died, and marks them as put on the queue. */
export function dispatchMails(
  db: Knex,
  { wall, leaseMs, today, limit }: { wall: Date; leaseMs: number; today: string; limit: number },
): Promise<Dispatch[]> {
  return prepared<Dispatch>(db, {
    name: 'dispatch-mails',
    text: DISPATCH,
    values: [wall, leaseMs, today, limit],
  });
}

/** Takes back the mark of mails that did not reach the queue. */
export async function undispatchMails(db: Knex, ids: readonly string[]): Promise<void> {
  await db('mails').whereIn('id', ids).update({ dispatched_at: null });
}

/** A mail that this process alone now has, with whom it goes to. */
export interface ClaimedMail extends MailRow {
  display_name: string;
  email: string;
  /** `sending`: another process had it and died; then the server may have the mail already. */
  was: 'pending' | 'sending';
}

/**
 * Takes a mail for sending until `leaseUntil`. Null: it is done, somebody else has it, its time has not come, or it
 * is a digest of another day, whose entries go into the digest of their own day.
 */
export async function claimMail(
  trx: Knex.Transaction,
  id: string,
  { wall, leaseUntil, today }: { wall: Date; leaseUntil: Date; today: string },
): Promise<ClaimedMail | null> {
  const { rows } = await trx.raw<{ rows: ClaimedMail[] }>(
    `with taken as (
       select id, status from mails
         where id = :id
           and ((status = 'pending' and (lease_until is null or lease_until <= :wall)
                 and (kind = 'notice' or on_date = :today))
                or (status = 'sending' and lease_until <= :wall))
         for update
     )
     update mails m set status = 'sending', attempt = attempt + 1, lease_until = :leaseUntil
       from taken, accounts a
       where m.id = taken.id and a.id = m.account_id
       returning m.*, a.display_name, a.email, taken.status as was`,
    { id, wall, leaseUntil, today },
  );
  return rows[0] ?? null;
}

/** Keeps the words that are about to leave. */
export async function keepWords(
  trx: Knex.Transaction,
  id: string,
  words: { subject: string; body: string },
): Promise<void> {
  await trx<MailRow>('mails').where({ id }).update(words);
}

/** The mail has nothing to say any more and is not sent. */
export async function makeVoid(trx: Knex.Transaction, id: string): Promise<void> {
  await trx<MailRow>('mails').where({ id }).update({ status: 'void', lease_until: null });
}

export async function markSent(db: Knex, id: string, at: Date): Promise<void> {
  await db<MailRow>('mails')
    .where({ id })
    .update({ status: 'sent', sent_at: at, lease_until: null, last_error: null });
}

/** The try failed; `retryAt` null: given up. A mail that was taken over in the meantime is left alone. */
export async function markTryFailed(
  db: Knex,
  { id, attempt }: { id: string; attempt: number },
  failure: { error: string; retryAt: Date | null },
): Promise<void> {
  await db<MailRow>('mails')
    .where({ id, attempt, status: 'sending' })
    .update({
      status: failure.retryAt === null ? 'failed' : 'pending',
      lease_until: failure.retryAt,
      dispatched_at: null,
      last_error: failure.error,
    });
}

/** Makes digests of earlier days void that have not left; answers their ids. */
export async function voidOldDigests(trx: Knex.Transaction, today: string): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `update mails set status = 'void', lease_until = null
       where id in (select id from mails
                      where kind = 'digest' and status = 'pending' and on_date < ? order by id for update)
       returning id`,
    [today],
  );
  return rows.map(({ id }) => id);
}

/** Locks the digests of these people for `today` that may still take lines. */
export async function lockOpenDigests(
  trx: Knex.Transaction,
  accountIds: readonly string[],
  today: string,
): Promise<Pick<MailRow, 'id' | 'account_id'>[]> {
  return trx<MailRow>('mails')
    .select('id', 'account_id')
    .where({ kind: 'digest', status: 'pending', on_date: today })
    .whereIn('account_id', accountIds)
    .orderBy('id')
    .forUpdate();
}

export interface MailLine {
  mail_id: string;
  entry_id: string;
}

export async function insertLines(trx: Knex.Transaction, lines: readonly MailLine[]): Promise<void> {
  if (lines.length === 0) return;
  await trx.raw(
    `insert into mail_entries (mail_id, entry_id)
     select mail_id, entry_id from jsonb_to_recordset(?) as n (mail_id uuid, entry_id uuid) on conflict do nothing`,
    [json(lines)],
  );
}

export async function deleteLines(
  trx: Knex.Transaction,
  mailId: string,
  entryIds: readonly string[],
): Promise<void> {
  if (entryIds.length === 0) return;
  await trx('mail_entries').where({ mail_id: mailId }).whereIn('entry_id', entryIds).delete();
}
