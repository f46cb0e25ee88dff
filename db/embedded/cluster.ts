import { chown, lchown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';
import type { ServerUser } from './serverUser.ts';

/** PostgreSQL's own folder under the data folder. */
export function clusterFolder(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** True when a first start got as far as a whole cluster. */
export async function hasCluster(dataDir: string): Promise<boolean> {
  return (await readVersion(dataDir)) !== null;
}

/** Throws EmbeddedPostgresError `other-version` when the cluster is of another major version. */
export async function checkVersion(dataDir: string, binariesVersion: string): Promise<void> {
  const found = await readVersion(dataDir);
  const wanted = binariesVersion.split('.')[0];
  if (found === wanted) return;
  throw new EmbeddedPostgresError('other-version', {
    vi: `Dữ liệu trong ${dataDir} là của PostgreSQL ${found ?? '?'}, chương trình là PostgreSQL ${wanted ?? '?'}. Hãy dùng lại bản cũ của chương trình để xuất dữ liệu, hoặc đặt DATA_DIR khác.`,
    en: `The data in ${dataDir} is of PostgreSQL ${found ?? '?'}, the program is PostgreSQL ${wanted ?? '?'}. Use the old release to export the data, or set another DATA_DIR.`,
  });
}

/**
 * The account that the cluster's files belong to is the one that must run it, whoever would be chosen for a
 * new cluster. Files that root owns (a restored backup) are given to `user` first.
 */
export async function clusterUser(dataDir: string, user: ServerUser | null): Promise<ServerUser | null> {
  if (user === null) return null;
  const { uid, gid } = await stat(clusterFolder(dataDir));
  if (uid !== 0) return { uid, gid };
  await giveTo(clusterFolder(dataDir), user);
  return user;
}

/** An empty folder, owned by `user`, in which `build` makes the cluster; it gets its real name when whole. */
export async function buildCluster(
  dataDir: string,
  user: ServerUser | null,
  build: (folder: string) => Promise<void>,
): Promise<void> {
  const draft = join(dataDir, 'postgres.partial');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  if (user !== null) await chown(draft, user.uid, user.gid);
  await build(draft);
  // Only TCP on loopback, only with a password; nothing else is listened on.
  await writeFile(join(draft, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  await rename(draft, clusterFolder(dataDir));
}

async function readVersion(dataDir: string): Promise<string | null> {
  const file = join(clusterFolder(dataDir), 'PG_VERSION');
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}

async function giveTo(path: string, user: ServerUser): Promise<void> {
  await lchown(path, user.uid, user.gid);
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries) {
    const place = join(path, entry.name);
    if (entry.isDirectory()) await giveTo(place, user);
    else await lchown(place, user.uid, user.gid);
  }
}
