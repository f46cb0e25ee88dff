import { EmbeddedPostgresError } from '../../db/embedded/EmbeddedPostgresError.ts';
import { runningAppUrl } from '../../db/embedded/runningAppUrl.ts';
import type { Config } from '../config.ts';
import type { Log } from '../ports.ts';
import { EMBEDDED_DATABASE, openDatabase } from './openDatabase.ts';

/**
 * The database for a command that runs beside the product: the given one, the embedded one of a product that is
 * just running, or else the embedded one started for the command.
 */
export async function attachDatabase(
  config: Config,
  log: Log,
): Promise<{ appUrl: string; stop: () => Promise<void> }> {
  try {
    return await openDatabase(config, log);
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError) || error.code !== 'in-use') throw error;
    const appUrl = await runningAppUrl(config.dataDir, EMBEDDED_DATABASE);
    return { appUrl, stop: () => Promise.resolve() };
  }
}
