import type { Knex } from 'knex';
import { readClockOffset } from '../db/demoClock.ts';
import type { Notices } from '../db/notices.ts';
import { clockWithOffset, type Clock } from './ports.ts';

/** Domain time of a demo: kept in the database, followed by every process. */
export async function createDemoClock(
  db: Knex,
  notices: Notices,
): Promise<Clock & { refresh: () => Promise<void> }> {
  let offset = await readClockOffset(db);
  const refresh = async () => {
    offset = await readClockOffset(db);
  };
  notices.on('clock', () => {
    refresh().catch(() => undefined);
  });
  return { ...clockWithOffset(() => offset), refresh };
}
