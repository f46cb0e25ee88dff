import type { Knex } from 'knex';
import { prepared } from './connect.ts';
import { NEWEST_MIGRATION } from './migrations/index.ts';

/** True when the newest migration of this build is in the database. Rejects where it cannot be asked. */
export async function isMigrated(db: Knex): Promise<boolean> {
  const rows = await prepared<{ name: string }>(db, {
    name: 'newest_migration',
    text: 'select name from knex_migrations where name = $1',
    values: [NEWEST_MIGRATION],
  });
  return rows.length === 1;
}
