import { checkInvariants } from '../../db/invariants.ts';
import { readDatabasePlace, type DatabasePlace } from '../config.ts';
import { runMain } from '../process/runMain.ts';
import { withInstallation } from '../process/withInstallation.ts';
import { checkRoundResults } from './roundInvariant.ts';

/** Prints one line for each invariant; exits with 1 where one is broken. */
async function main(place: DatabasePlace): Promise<void> {
  const results = await withInstallation(place, async (db) => [
    ...(await checkInvariants(db)),
    await checkRoundResults(db),
  ]);
  for (const { name, says, breaches, first } of results) {
    console.log(
      breaches === 0
        ? `ok      ${name}: ${says}`
        : `BROKEN  ${name}: ${breaches} places, first ${first ?? ''}: ${says}`,
    );
  }
  if (results.some(({ breaches }) => breaches > 0)) process.exitCode = 1;
}

await runMain(() => main(readDatabasePlace(process.env)), console.error);
