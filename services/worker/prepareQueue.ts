import { DEFAULT_SCHEMA, runMigrations } from 'bullmq';
import pg from 'pg';
import { QUEUE } from './backend.ts';

/**
 * Makes or brings up to date the tables of BullMQ's PostgreSQL backend, as the owner, and lets the app's role use
 * them and no more: like everywhere else it owns nothing. Several processes may do this at once. Done also where
 * Redis is configured, so that either backend can be chosen at any start.
 */
export async function prepareQueue(ownerUrl: string, appRole: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await runMigrations(client);
    const schema = pg.escapeIdentifier(DEFAULT_SCHEMA);
    const role = pg.escapeIdentifier(appRole);
    const database = pg.escapeIdentifier(client.database ?? '');
    await client.query('begin');
    await client.query(`set local search_path to ${schema}`);
    await createJobIds(client);
    await client.query(`
      grant temporary on database ${database} to ${role};
      grant usage on schema ${schema} to ${role};
      grant select, insert, update, delete on all tables in schema ${schema} to ${role};
      grant usage, select on all sequences in schema ${schema} to ${role};
      grant execute on all functions in schema ${schema} to ${role};
      revoke insert, update, delete on ${schema}.migration from ${role};
    `);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** BullMQ makes a queue's sequence of job ids when it is first used, which the app's role may not. */
async function createJobIds(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtext($1))', [`bullmq:jidseq:${QUEUE}`]);
  const { rows } = await client.query<{ name: string }>('select job_id_seq_name($1) as name', [QUEUE]);
  await client.query(`create sequence if not exists ${pg.escapeIdentifier(rows[0]?.name ?? '')}`);
}
