import { startEmbeddedPostgres } from '../../db/embedded/startEmbeddedPostgres.ts';
import type { Config } from '../config.ts';
import type { Log } from '../ports.ts';

/** The name of the database in the embedded cluster. */
export const EMBEDDED_DATABASE = 'sovang';

/** Where the database is, by role, and how to let it go. */
export interface OpenDatabase {
  appUrl: string;
  ownerUrl: string;
  stop: () => Promise<void>;
}

/**
 * The given PostgreSQL, or an embedded one under DATA_DIR where none is given. Without DATABASE_OWNER_URL the
 * one role does both, which is for trying things out only: the second wall needs two (README).
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'databaseOwnerUrl' | 'dataDir'>,
  log: Log,
): Promise<OpenDatabase> {
  if (config.databaseUrl === null) {
    const postgres = await startEmbeddedPostgres({
      dataDir: config.dataDir,
      database: EMBEDDED_DATABASE,
      log: (line) => {
        log.info({ postgres: line }, 'postgres');
      },
    });
    return { appUrl: postgres.appUrl, ownerUrl: postgres.ownerUrl, stop: () => postgres.stop() };
  }
  const ownerUrl = config.databaseOwnerUrl ?? config.databaseUrl;
  return { appUrl: config.databaseUrl, ownerUrl, stop: () => Promise.resolve() };
}
