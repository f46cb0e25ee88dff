import type { Knex } from 'knex';
import { INVARIANTS } from './invariantList.ts';

export interface InvariantResult {
  name: string;
  says: string;
  breaches: number;
  /** The first place, or null where it holds. */
  first: string | null;
}

/** Checks every invariant over the whole database, in their order. */
export async function checkInvariants(db: Knex): Promise<InvariantResult[]> {
  const results: InvariantResult[] = [];
  for (const { name, says, breaches } of INVARIANTS) {
    const { rows } = await db.raw<{ rows: { n: number; first: string | null }[] }>(
      `select count(*)::integer as n, min(place) as first from (${breaches}) as breach`,
    );
    results.push({ name, says, breaches: rows[0]?.n ?? 0, first: rows[0]?.first ?? null });
  }
  return results;
}
