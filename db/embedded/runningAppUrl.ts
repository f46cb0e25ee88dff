import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildUrl } from './buildUrl.ts';
import { clusterFolder } from './cluster.ts';
import { readCredentials } from './credentials.ts';
import { APP_ROLE } from './ensureRoles.ts';

/** Line of postmaster.pid that names the port. */
const PORT_LINE = 3;

/** How the app's role reaches the embedded database that another process runs under `dataDir`. */
export async function runningAppUrl(dataDir: string, database: string): Promise<string> {
  const lines = (await readFile(join(clusterFolder(dataDir), 'postmaster.pid'), 'utf8')).split('\n');
  const { app } = await readCredentials(dataDir);
  return buildUrl({ role: APP_ROLE, password: app, port: Number(lines[PORT_LINE]), database });
}
