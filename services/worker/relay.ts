import type { Knex } from 'knex';
import { dispatchMails, undispatchMails } from '../../db/mails.ts';
import { dispatchMessages, undispatchMessages, type Dispatch } from '../../db/outbox.ts';
import type { Clock } from '../ports.ts';
import type { WorkQueue } from './queue.ts';

export interface RelayDeps {
  db: Knex;
  clock: Clock;
  queue: Pick<WorkQueue, 'add'>;
  /** A row that was put on the queue and is not done after this long is put there again. */
  leaseMs: number;
}

const BATCH = 200;

/**
 * Puts on the queue what waits in PostgreSQL: messages of the outbox and mails. The rows stay the truth: what the
 * queue loses is put there again one lease later, and whoever takes a job asks its row first. Rejects where the queue
 * cannot be reached; then the rows wait as if never touched. Answers how many jobs were added.
 */
export async function relay(deps: RelayDeps): Promise<number> {
  const { db, clock, queue, leaseMs } = deps;
  const messages = await drain(
    () => dispatchMessages(db, { wall: clock.wall(), leaseMs, limit: BATCH }),
    (ids) => undispatchMessages(db, ids),
    (id) => ({ name: 'notice', id }),
    queue,
  );
  const mails = await drain(
    () => dispatchMails(db, { wall: clock.wall(), leaseMs, today: clock.today(), limit: BATCH }),
    (ids) => undispatchMails(db, ids),
    (id) => ({ name: 'mail', id }),
    queue,
  );
  return messages + mails;
}

async function drain(
  take: () => Promise<Dispatch[]>,
  undo: (ids: string[]) => Promise<void>,
  jobFor: (id: string) => { name: 'notice' | 'mail'; id: string },
  queue: Pick<WorkQueue, 'add'>,
): Promise<number> {
  for (let added = 0; ;) {
    const rows = await take();
    try {
      await queue.add(rows.map(({ id, attempt }) => ({ id: `${id}-${attempt}`, job: jobFor(id) })));
    } catch (error) {
      await undo(rows.map(({ id }) => id));
      throw error;
    }
    added += rows.length;
    if (rows.length < BATCH) return added;
  }
}
