import type { Knex } from 'knex';
import { prepared } from './connect.ts';

export interface OutboxRow {
  id: string;
  kind: string;
  payload: unknown;
  created_at: Date;
  dispatched_at: Date | null;
  attempt: number;
  done_at: Date | null;
  last_error: string | null;
}

/** A row that is to go on the queue now. */
export interface Dispatch {
  id: string;
  attempt: number;
}

/** At most so many leases between two tries of a row that keeps failing. */
const SLOWEST_RETRY = 20;

const DISPATCH = `
  update outbox set dispatched_at = $1, attempt = attempt + 1
    where id in (
      select id from outbox
        where done_at is null
          and (dispatched_at is null
               or dispatched_at <= $1::timestamptz - least(attempt, ${SLOWEST_RETRY}) * $2::integer * interval '1 ms')
        order by created_at limit $3 for update skip locked)
    returning id, attempt`;

/**
 * Takes up to `limit` messages that are neither done nor just now on the queue, oldest first, and marks them as put
 * there at `wall`. A row comes back when it is still not done one lease later, two after the second time, and so on.
 */
export function dispatchMessages(
  db: Knex,
  { wall, leaseMs, limit }: { wall: Date; leaseMs: number; limit: number },
): Promise<Dispatch[]> {
  return prepared<Dispatch>(db, {
    name: 'dispatch-messages',
    text: DISPATCH,
    values: [wall, leaseMs, limit],
  });
}

/** Takes back the mark of messages that did not reach the queue. */
export async function undispatchMessages(db: Knex, ids: readonly string[]): Promise<void> {
  await db<OutboxRow>('outbox')
    .whereIn('id', ids)
    .whereNull('done_at')
    .update({ dispatched_at: null, attempt: db.raw('attempt - 1') });
}

/** Locks a message that is not done yet; null when it is done, or another process is at it just now. */
export async function lockMessage(trx: Knex.Transaction, id: string): Promise<OutboxRow | null> {
  const row = await trx<OutboxRow>('outbox')
    .where({ id })
    .whereNull('done_at')
    .forUpdate()
    .skipLocked()
    .first();
  return row ?? null;
}

export async function markMessageDone(trx: Knex.Transaction, id: string, at: Date): Promise<void> {
  await trx<OutboxRow>('outbox').where({ id }).update({ done_at: at, last_error: null });
}

/** Keeps what went wrong with a message, for the operator; the next dispatch tries again. */
export async function noteMessageError(db: Knex, id: string, error: string): Promise<void> {
  await db<OutboxRow>('outbox').where({ id }).whereNull('done_at').update({ last_error: error });
}
