import { readDatabasePlace, type DatabasePlace } from '../config.ts';
import { runMain } from '../process/runMain.ts';
import { withInstallation } from '../process/withInstallation.ts';
import { verifyRecord } from './verifyRecord.ts';

/** Re-checks the record; says the first broken place and exits with 1 where it does not hold. */
async function main(place: DatabasePlace): Promise<void> {
  const { cases, events, broken } = await withInstallation(place, (db) => verifyRecord(db));
  if (broken === null) {
    console.log(`ok: ${cases} cases, ${events} events, every hash holds`);
    return;
  }
  console.log(`broken: case ${broken.instanceId}, event ${broken.revision}: ${broken.problem}`);
  process.exitCode = 1;
}

await runMain(() => main(readDatabasePlace(process.env)), console.error);
