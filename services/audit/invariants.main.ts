import { connect } from '../../db/connect.ts';
import { checkInvariants } from '../../db/invariants.ts';
import type { Config } from '../config.ts';
import { attachDatabase } from '../process/attachDatabase.ts';
import { createLog } from '../process/createLog.ts';
import { runMain } from '../process/runMain.ts';

/** Prints one line for each invariant; exits with 1 where one is broken. */
async function main(config: Config): Promise<void> {
  const database = await attachDatabase(config, createLog('silent'));
  const db = connect(database.appUrl, { poolSize: 1 });
  const results = await checkInvariants(db);
  await db.destroy();
  await database.stop();
  for (const { name, says, breaches, first } of results) {
    console.log(
      breaches === 0
        ? `ok      ${name}: ${says}`
        : `BROKEN  ${name}: ${breaches} places, first ${first ?? ''}: ${says}`,
    );
  }
  if (results.some(({ breaches }) => breaches > 0)) process.exitCode = 1;
}

await runMain(process.env, main, console.error);
