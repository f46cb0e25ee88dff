import { randomBytes } from 'node:crypto';
import { lchown, lstat, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';
import { notWritable } from './openDataDir.ts';
import type { ServerUser } from './serverUser.ts';

const DRAFT = 'postgres.partial.';

/** PostgreSQL's own folder under the data folder. */
export function clusterFolder(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/**
 * True when there is a cluster of the binaries' major version, false when there is none yet.
 * Throws EmbeddedPostgresError `other-version`, `not-a-cluster` or `data-dir-not-writable`.
 */
export async function hasCluster(dataDir: string, binariesVersion: string): Promise<boolean> {
  const folder = clusterFolder(dataDir);
  const entries = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw notWritable(folder, error);
  });
  if (entries.length === 0) return false;
  const found = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch((cause: unknown) => {
    throw notACluster(folder, cause);
  });
  const wanted = binariesVersion.split('.')[0] ?? '';
  if (found.trim() !== wanted) throw otherVersion(folder, found.trim(), wanted);
  return true;
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
  await removeDrafts(dataDir);
  // A name of its own: an initdb whose node was killed may still be writing into the last one.
  const draft = join(dataDir, `${DRAFT}${randomBytes(6).toString('hex')}`);
  await mkdir(draft, { mode: 0o700 });
  if (user !== null) await giveTo(draft, user);
  await build(draft);
  // Only TCP on loopback, only with a password; nothing else is listened on.
  await writeFile(join(draft, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  await rename(draft, clusterFolder(dataDir));
  await syncFolder(dataDir);
}

/** The new name must outlast a power cut before anything is committed under it: drafts are thrown away. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeDrafts(dataDir: string): Promise<void> {
  for (const entry of await readdir(dataDir)) {
    if (!entry.startsWith(DRAFT)) continue;
    await rm(join(dataDir, entry), { recursive: true, force: true }).catch(() => undefined);
  }
}

function notACluster(folder: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'not-a-cluster',
    {
      vi: `Thư mục ${folder} không phải là dữ liệu PostgreSQL nguyên vẹn. Hãy khôi phục từ bản sao lưu, hoặc dời nó đi.`,
      en: `The folder ${folder} is not whole PostgreSQL data. Restore it from a backup, or move it away.`,
    },
    { cause },
  );
}

function otherVersion(folder: string, found: string, wanted: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError('other-version', {
    vi: `Dữ liệu trong ${folder} là của PostgreSQL ${found}, chương trình là PostgreSQL ${wanted}. Hãy dùng lại bản phát hành cũ để xuất dữ liệu, hoặc đặt DATA_DIR khác.`,
    en: `The data in ${folder} is of PostgreSQL ${found}, the program is PostgreSQL ${wanted}. Use the old release to export the data, or set another DATA_DIR.`,
  });
}

async function giveTo(path: string, user: ServerUser): Promise<void> {
  await lchown(path, user.uid, user.gid).catch((cause: unknown) => {
    throw cannotSwitch(cause);
  });
  if (!(await lstat(path)).isDirectory()) return;
  for (const entry of await readdir(path)) await giveTo(join(path, entry), user);
}

function cannotSwitch(cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'no-server-user',
    {
      vi: 'PostgreSQL không chạy bằng quyền root, mà root ở đây không chuyển được sang tài khoản khác. Hãy chạy bằng một người dùng thường.',
      en: 'PostgreSQL does not run as root, and root cannot switch to another account here. Run as an ordinary user.',
    },
    { cause },
  );
}
