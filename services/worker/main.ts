import { readConfig, type Config } from '../config.ts';
import { createLog } from '../process/createLog.ts';
import { requireDatabaseUrl } from '../process/requireDatabaseUrl.ts';
import { requireInstallation } from '../process/requireInstallation.ts';
import { runMain } from '../process/runMain.ts';
import { stopAll, untilSignalled } from '../process/stopping.ts';
import { startWorker } from './startWorker.ts';

/** The worker alone, over a database that `npm run migrate` has prepared. */
async function main(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const signalled = untilSignalled(log);
  const databaseUrl = requireDatabaseUrl(config);
  await requireInstallation(config, databaseUrl);
  const worker = await startWorker(config, databaseUrl, log);
  log.info({}, 'the worker is running');
  await signalled;
  await stopAll([worker.stop], log);
}

await runMain(() => main(readConfig(process.env)), console.error);
