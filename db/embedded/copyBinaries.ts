import { createHash, randomBytes } from 'node:crypto';
import { chmod, copyFile, lstat, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { makeLibraryLinks } from './libraryLinks.ts';

/**
 * Copies the binaries of `folder` into `cache`, readable for all and with their library links, and gives the
 * copy's folder. A copy with the very same content is used again, so another project's broken or different
 * package cannot become ours. Only we may be able to write in `cache`.
 */
export async function copyBinaries(folder: string, cache: string): Promise<string> {
  const files = await listFiles(folder);
  const name = await contentName(folder, files);
  const copy = join(cache, name, 'native');
  if (await isFolder(copy)) return copy;
  const draft = join(cache, `${name}.${randomBytes(6).toString('hex')}`);
  try {
    for (const file of files) await copyForAll(join(folder, file), join(draft, 'native', file));
    await makeLibraryLinks(join(draft, 'native'));
    // Whole or not at all; another process may have been first.
    await rename(draft, join(cache, name)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return copy;
}

/** What runs: no static libraries, no links. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.a'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

async function contentName(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = await readFile(join(folder, file));
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

async function copyForAll(source: string, target: string): Promise<void> {
  await makeFolder(dirname(target));
  await copyFile(source, target);
  const runs = ((await lstat(source)).mode & 0o100) !== 0;
  await chmod(target, runs ? 0o755 : 0o644);
}

/** With its parents, all open for reading: the umask may have taken the others' rights away. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let place = folder; place.length >= first.length; place = dirname(place)) await chmod(place, 0o755);
}

async function isFolder(path: string): Promise<boolean> {
  const entry = await lstat(path).catch(() => null);
  return entry?.isDirectory() ?? false;
}
