import { connect } from './connect.ts';
import { grantToApp } from './grants.ts';
import { migrationSource } from './migrations/index.ts';

/** Any fixed number: all processes that migrate one database queue behind it. */
const MIGRATION_LOCK = 2736;

/**
 * Brings the database at `ownerUrl` to the newest migration and grants the app's role its rights.
 * Several processes may call it at once: an advisory lock lets one work, and frees itself if that one dies
 * (knex's own lock row would stay).
 */
export async function migrate(ownerUrl: string, appRole: string): Promise<void> {
  const owner = connect(ownerUrl, { poolSize: 4 });
  try {
    await owner.transaction(async (lock) => {
      await lock.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
      // Whoever set knex's lock row died: we hold the real lock.
      await owner.migrate.forceFreeMigrationsLock({ migrationSource });
      await owner.migrate.latest({ migrationSource, disableMigrationsListValidation: false });
      await grantToApp(owner, appRole);
    });
  } finally {
    await owner.destroy();
  }
}
