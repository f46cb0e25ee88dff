import type { Knex } from 'knex';
import { prepared } from '../connect.ts';

/** How many messages of the outbox are not done yet. */
export async function countWaitingMessages(db: Knex): Promise<number> {
  const [row] = await prepared<{ waiting: string }>(db, {
    name: 'outbox_waiting',
    text: 'select count(*) as waiting from outbox where done_at is null',
    values: [],
  });
  return Number(row?.waiting ?? 0);
}
