import type { Knex } from 'knex';

interface ClockRow {
  id: number;
  domain_now: Date;
  set_at: Date;
}

/** Milliseconds by which domain time differs from the wall clock; 0 where nobody has moved it. */
export async function readClockOffset(db: Knex): Promise<number> {
  const row = await db<ClockRow>('demo_clock').first();
  return row === undefined ? 0 : row.domain_now.getTime() - row.set_at.getTime();
}

/** Sets domain time to `domainNow` at the wall-clock moment `setAt`. */
export async function moveClock(db: Knex, domainNow: Date, setAt: Date): Promise<void> {
  const moved = { domain_now: domainNow, set_at: setAt };
  await db<ClockRow>('demo_clock')
    .insert({ id: 1, ...moved })
    .onConflict('id')
    .merge(moved);
}
