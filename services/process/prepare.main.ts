import { clockWithOffset, newId, randomHex } from '../ports.ts';
import { readConfig, type Config } from '../config.ts';
import { createLog } from './createLog.ts';
import { openDatabase } from './openDatabase.ts';
import { prepareDatabase } from './prepareDatabase.ts';
import { runMain } from './runMain.ts';

/** Migrates the database and fills what is empty, then ends. */
async function main(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const database = await openDatabase(config, log);
  try {
    await prepareDatabase(config, database, { clock: clockWithOffset(() => 0), newId, randomHex, log });
  } finally {
    await database.stop();
  }
  log.info({}, 'the database is ready');
}

await runMain(() => main(readConfig(process.env)), console.error);
