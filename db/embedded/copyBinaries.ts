import { randomBytes } from 'node:crypto';
import { chmod, copyFile, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';
import type { Binaries } from './findBinaries.ts';
import { makeLibraryLinks } from './libraryLinks.ts';

/** Only root may write in the first two; in the last anybody may, so its entry is looked at closely. */
const SHARED_PLACES = ['/var/cache', '/var/lib', tmpdir()];

/**
 * Copies the binaries to where the server's account can run them and gives the folder; a copy of the same
 * version is used again. `privateFolder` null means: a folder of root's that all may read and nobody else
 * may write (nobody can slip another program in). Throws EmbeddedPostgresError `binaries-unusable`.
 */
export async function copyBinaries(binaries: Binaries, privateFolder: string | null): Promise<string> {
  const cache = privateFolder ?? (await sharedCache());
  const name = `postgres-${binaries.version}-${process.platform}-${process.arch}`;
  const folder = join(cache, name, 'native');
  if (await isFolder(folder)) return folder;
  const draft = join(cache, `${name}.${randomBytes(6).toString('hex')}`);
  try {
    await makeFolder(draft);
    await copyTree(binaries.folder, join(draft, 'native'));
    await makeLibraryLinks(join(draft, 'native'));
    // Whole or not at all; another process may have been first.
    await rename(draft, join(cache, name)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

async function sharedCache(): Promise<string> {
  for (const place of SHARED_PLACES) {
    const cache = join(place, 'sovang-postgres');
    const made = await makeFolder(cache).then(
      () => true,
      () => false,
    );
    if (!made || !(await isRootsAlone(cache))) continue;
    await chmod(cache, 0o755);
    return cache;
  }
  throw new EmbeddedPostgresError('binaries-unusable', {
    vi: `Tài khoản chạy PostgreSQL không đọc được node_modules, và không tạo được bản sao trong ${SHARED_PLACES.join(', ')}.`,
    en: `The account that runs PostgreSQL cannot read node_modules, and no copy can be made in ${SHARED_PLACES.join(', ')}.`,
  });
}

/** A real folder of root's that nobody else may write in: not one that somebody left ready for us. */
async function isRootsAlone(cache: string): Promise<boolean> {
  const entry = await lstat(cache);
  return entry.isDirectory() && entry.uid === 0 && (entry.mode & 0o022) === 0;
}

async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  // The umask may have taken the others' rights away.
  if (made !== undefined) await chmod(folder, 0o755);
}

/** Copies what runs (no static libraries, no headers, no links) with rights for all to read. */
async function copyTree(from: string, to: string): Promise<void> {
  await makeFolder(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory() && entry.name !== 'include') await copyTree(source, target);
    if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(source, target);
      const runs = ((await lstat(source)).mode & 0o100) !== 0;
      await chmod(target, runs ? 0o755 : 0o644);
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  const entry = await lstat(path).catch(() => null);
  return entry?.isDirectory() ?? false;
}
