import { randomBytes } from 'node:crypto';
import { chmod, copyFile, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './findBinaries.ts';
import { makeLibraryLinks } from './libraryLinks.ts';

/**
 * Copies the binaries into `cache`, readable for all and with their library links, and gives the folder; a
 * copy of the same version is used again. Only we may be able to write in `cache`.
 */
export async function copyBinaries(binaries: Binaries, cache: string): Promise<string> {
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
