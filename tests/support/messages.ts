import type { Knex } from 'knex';
import { waitFor } from './waitFor.ts';

/** After a kill a mail that was being sent is taken up again one lease later, a message of the outbox likewise. */
const DRAINED_MS = 150_000;

/** Waits until nothing is left to be sent: every message is done, every mail has left, no reminder waits. */
export async function untilDrained(db: Knex): Promise<void> {
  await waitFor(
    'all messages and mails to have left',
    async () => {
      const { rows } = await db.raw<{ rows: { left: number }[] }>(
        `select (select count(*) from outbox where done_at is null)
              + (select count(*) from mails where status in ('pending', 'sending'))
              + (select count(*) from reminder_entries where waiting) as left`,
      );
      return Number(rows[0]?.left) === 0;
    },
    DRAINED_MS,
  );
}

/** What is wrong with the ledger of messages, in words; empty where it is exact. */
export async function messageFaults(db: Knex): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { fault: string }[] }>(
    `select 'reminded twice: ' || deadline_id || ' ' || step as fault
       from reminder_entries group by deadline_id, step having count(*) > 1
     union all
     select 'given up: ' || id from mails where status = 'failed'
     union all
     select 'sent, but never arrived: ' || id from mails m
       where status = 'sent' and not exists (select 1 from inbox_mails i where i.message_id = m.message_id)
     union all
     select 'arrived, but was never sent: ' || i.id from inbox_mails i
       where not exists (select 1 from mails m where m.message_id = i.message_id and m.status = 'sent')
     union all
     select 'two mails for one message: ' || outbox_id from mails
       where outbox_id is not null group by outbox_id, account_id having count(*) > 1
     union all
     select 'arrived differently under one Message-ID: ' || message_id from inbox_mails
       group by message_id having count(distinct (recipient, subject, body)) > 1
     union all
     select 'a due reminder that no mail carries: ' || e.id from reminder_entries e
       where e.status = 'due' and not exists (
         select 1 from mail_entries l join mails m on m.id = l.mail_id where l.entry_id = e.id and m.status = 'sent')
     union all
     select 'reminded by two mails of one person: ' || l.entry_id from mail_entries l join mails m on m.id = l.mail_id
       where m.status = 'sent' group by l.entry_id, m.account_id having count(*) > 1`,
  );
  return rows.map(({ fault }) => fault);
}

/** How many entries and mails a year has: by step and status, and by kind and status. */
export async function messagesOf(db: Knex, year: number): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { line: string }[] }>(
    `select format('%s %s: %s', step, status, count(*)) as line from reminder_entries
       where extract(year from scheduled_on) = :year group by step, status
     union all
     select format('%s %s: %s', kind, status, count(*)) from mails
       where extract(year from on_date) = :year group by kind, status
     order by line`,
    { year },
  );
  return rows.map(({ line }) => line);
}
