import type { Knex } from 'knex';

/** Any fixed number that no other lock of ours has. */
const DIGESTS = 273601;

/** Lets one transaction at a time make digests, until it ends. */
export async function lockDigests(trx: Knex.Transaction): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(?)', [DIGESTS]);
}
