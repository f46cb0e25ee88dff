import pg from 'pg';

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

/** Counts what is sent to PostgreSQL from this process while `work` runs: one query is one round trip. */
export async function countRoundTrips(work: () => Promise<void>): Promise<number> {
  const original = Reflect.get(pg.Client.prototype, 'query') as Query;
  let count = 0;
  const counted: Query = function (...args) {
    count += 1;
    return original.apply(this, args);
  };
  Reflect.set(pg.Client.prototype, 'query', counted);
  try {
    await work();
  } finally {
    Reflect.set(pg.Client.prototype, 'query', original);
  }
  return count;
}
