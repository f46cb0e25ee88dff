import { existsSync } from 'node:fs';
import type { Knex } from 'knex';
import { connect } from '../../db/connect.ts';
import { clusterFolder } from '../../db/embedded/cluster.ts';
import { EmbeddedPostgresError } from '../../db/embedded/EmbeddedPostgresError.ts';
import { runningAppUrl } from '../../db/embedded/runningAppUrl.ts';
import { readInstallation } from '../../db/installation.ts';
import type { DatabasePlace } from '../config.ts';
import { createLog } from './createLog.ts';
import { EMBEDDED_DATABASE, openDatabase } from './openDatabase.ts';
import { NotPrepared } from './requireInstallation.ts';

/**
 * Does a command's work on the installation's database, demo or real: the given one, the embedded one of a product
 * that is just running, or else the embedded one started for the command. Makes nothing: throws NotPrepared where
 * there is no installation yet. The command's output is its own, so nothing is logged.
 */
export async function withInstallation<Result>(
  place: DatabasePlace,
  work: (db: Knex) => Promise<Result>,
): Promise<Result> {
  const database = await attach(place);
  const db = connect(database.appUrl, { poolSize: 1 });
  try {
    if ((await readInstallation(db)) === null) throw new NotPrepared();
    return await work(db);
  } finally {
    await db.destroy();
    await database.stop();
  }
}

async function attach(place: DatabasePlace): Promise<{ appUrl: string; stop: () => Promise<void> }> {
  if (place.databaseUrl === null && !existsSync(clusterFolder(place.dataDir))) throw new NotPrepared();
  try {
    return await openDatabase({ ...place, databaseOwnerUrl: null }, createLog('silent'));
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError) || error.code !== 'in-use') throw error;
    // Where it is only just starting, nobody can say yet how to reach it: then it is in use.
    const appUrl = await runningAppUrl(place.dataDir, EMBEDDED_DATABASE).catch(() => null);
    if (appUrl === null) throw error;
    return { appUrl, stop: () => Promise.resolve() };
  }
}
