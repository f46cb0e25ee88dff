import { readConfig, type Config } from '../config.ts';
import { createLog } from '../process/createLog.ts';
import { requireDatabaseUrl } from '../process/requireDatabaseUrl.ts';
import { requireInstallation } from '../process/requireInstallation.ts';
import { runMain } from '../process/runMain.ts';
import { startApi } from '../process/startApi.ts';
import { stopAll, untilSignalled } from '../process/stopping.ts';

/** The API alone, over a database that `npm run migrate` has prepared. */
async function main(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const signalled = untilSignalled(log);
  const databaseUrl = requireDatabaseUrl(config);
  await requireInstallation(config, databaseUrl);
  const api = await startApi(config, databaseUrl, log);
  log.info({ port: api.port }, 'api is listening');
  await signalled;
  await stopAll([api.stop], log);
}

await runMain(() => main(readConfig(process.env)), console.error);
