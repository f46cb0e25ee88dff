import { connect } from '../../db/connect.ts';
import type { Config } from '../config.ts';
import { attachDatabase } from '../process/attachDatabase.ts';
import { createLog } from '../process/createLog.ts';
import { runMain } from '../process/runMain.ts';
import { verifyRecord } from './verifyRecord.ts';

/** Re-checks the record; says the first broken place and exits with 1 where it does not hold. */
async function main(config: Config): Promise<void> {
  const database = await attachDatabase(config, createLog('silent'));
  const db = connect(database.appUrl, { poolSize: 1 });
  const { cases, events, broken } = await verifyRecord(db);
  await db.destroy();
  await database.stop();
  if (broken === null) {
    console.log(`ok: ${cases} cases, ${events} events, every hash holds`);
    return;
  }
  console.log(`broken: case ${broken.instanceId}, event ${broken.revision}: ${broken.problem}`);
  process.exitCode = 1;
}

await runMain(process.env, main, console.error);
