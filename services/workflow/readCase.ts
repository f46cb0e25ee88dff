import type { Knex } from 'knex';
import type { Capability, CaseRow } from './capability.ts';
import { joinCalls } from './joinCalls.ts';

type Reader = (wanted: { id: string; today: string }) => Promise<CaseRow | null>;

const MOST_IN_ONE_READ = 64;

const readers = new WeakMap<Knex, Map<string, Reader>>();

/**
 * Reads one case through its capability, sharing the statement with other requests in flight; null where there
 * is none. Not for a transaction, whose reads are its own: there, call `readCases`.
 */
export function readCase<Row extends CaseRow>(
  capability: Capability<Row>,
  db: Knex,
  id: string,
  today: string,
): Promise<Row | null> {
  return readerOf(capability, db)({ id, today }) as Promise<Row | null>;
}

function readerOf(capability: Capability, db: Knex): Reader {
  const ofDb = readers.get(db) ?? new Map<string, Reader>();
  readers.set(db, ofDb);
  const known = ofDb.get(capability.collection);
  if (known !== undefined) return known;
  const made = joinCalls((wanted: { id: string; today: string }[]) => readAll(capability, db, wanted), {
    keyOf: ({ id, today }) => `${id} ${today}`,
    most: MOST_IN_ONE_READ,
  });
  ofDb.set(capability.collection, made);
  return made;
}

/** One statement; more than one only around midnight, when requests of two days meet. */
async function readAll(
  capability: Capability,
  db: Knex,
  wanted: readonly { id: string; today: string }[],
): Promise<(CaseRow | null)[]> {
  const days = [...new Set(wanted.map(({ today }) => today))];
  const found = new Map<string, CaseRow>();
  for (const day of days) {
    const ids = wanted.filter(({ today }) => today === day).map(({ id }) => id);
    for (const row of await capability.readCases(db, ids, day)) found.set(`${row.id} ${day}`, row);
  }
  return wanted.map(({ id, today }) => found.get(`${id} ${today}`) ?? null);
}
