import { join } from 'node:path';
import { buildUrl } from './buildUrl.ts';
import { clusterFolder, clusterUser, hasCluster } from './cluster.ts';
import { makeCredentials, readCredentials, writeCredentials, type Credentials } from './credentials.ts';
import { APP_ROLE, ensureRoles, OWNER_ROLE, SUPERUSER } from './ensureRoles.ts';
import { findBinaries } from './findBinaries.ts';
import { initCluster } from './initCluster.ts';
import { openDataDir } from './openDataDir.ts';
import { takeOwnerLock } from './ownerLock.ts';
import type { Postmaster } from './postmaster.ts';
import { prepareBinaries } from './prepareBinaries.ts';
import { chooseServerUser } from './serverUser.ts';
import { startOnPort } from './startOnPort.ts';
import { stopLeftOver } from './stopLeftOver.ts';

export interface EmbeddedPostgresOptions {
  /** The cluster lives in `dataDir`/postgres, its passwords and its lock beside it. */
  dataDir: string;
  /** Made on the first start; owned by the owner's role. */
  database: string;
  /** On 127.0.0.1; any free one when left out. */
  port?: number;
  /** False only for tests: a crash of the machine may then lose or break the data. Default true. */
  durable?: boolean;
  /** What PostgreSQL says, line by line. */
  log: (line: string) => void;
  /** The platform package to take the binaries from; default: the installed one. */
  packageFolder?: string;
}

export interface EmbeddedPostgres {
  /** The role that owns the database: migrations. */
  ownerUrl: string;
  /** The role that owns nothing: the app. */
  appUrl: string;
  /** The superuser, on the maintenance database; for tests, never for the app. */
  adminUrl: string;
  /** Fast shutdown, then the data folder is free for another process; safe to repeat. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL under `dataDir`, on loopback only, from the binaries that npm installed: as root too
 * (it then runs as `postgres` or `nobody`), in closed folders, after a `kill -9`, and without install
 * scripts. On the first start it makes the cluster, the two roles and the database. When node ends, in
 * whatever way, the server shuts down by itself; `stop()` waits for it.
 * Throws EmbeddedPostgresError, whose message is for people.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = await openDataDir(options.dataDir);
  const lock = await takeOwnerLock(dataDir);
  try {
    const { postmaster, port, credentials } = await startServer(dataDir, options);
    const url = (role: string, password: string, database: string): string =>
      buildUrl({ role, password, port, database });
    const adminUrl = url(SUPERUSER, credentials.superuser, 'postgres');
    try {
      await ensureRoles(adminUrl, options.database, credentials);
    } catch (error) {
      await postmaster.stop();
      throw error;
    }
    return {
      ownerUrl: url(OWNER_ROLE, credentials.owner, options.database),
      appUrl: url(APP_ROLE, credentials.app, options.database),
      adminUrl,
      stop: async () => {
        await postmaster.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface Started {
  postmaster: Postmaster;
  port: number;
  credentials: Credentials;
}

async function startServer(dataDir: string, options: EmbeddedPostgresOptions): Promise<Started> {
  const durable = options.durable ?? true;
  const binaries = await findBinaries(options.packageFolder);
  const folder = clusterFolder(dataDir);
  const known = await hasCluster(dataDir, binaries.version);
  const chosen = await chooseServerUser();
  const user = known ? await clusterUser(dataDir, chosen) : chosen;
  const program = {
    folder: await prepareBinaries(binaries.folder, user, join(dataDir, 'postgres-binaries')),
    user,
  };
  const credentials = known ? await readCredentials(dataDir) : makeCredentials();
  if (known) {
    await stopLeftOver(folder, options.log);
  } else {
    await writeCredentials(dataDir, credentials);
    await initCluster(dataDir, program, credentials.superuser, durable);
  }
  const started = await startOnPort({ folder, program, durable, log: options.log }, options.port);
  return { ...started, credentials };
}
