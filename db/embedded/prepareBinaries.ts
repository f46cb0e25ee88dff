import { access, constants, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { canReach } from './canReach.ts';
import { copyBinaries } from './copyBinaries.ts';
import { hasLibraryLinks, makeLibraryLinks } from './libraryLinks.ts';
import type { ServerUser } from './serverUser.ts';
import { sharedCache } from './sharedCache.ts';

/** What the server opens; one closed parent folder, or npm under umask 077, closes them all. */
const NEEDED = ['bin/postgres', 'bin/initdb', 'lib', 'lib/postgresql', 'share/postgresql/postgres.bki'];

/**
 * A folder with bin/, lib/ and share/ that the server's account can run, with its library links made: the
 * package's own `native` folder, or else a private copy (in `privateFolder`, for an ordinary user).
 */
export async function prepareBinaries(
  native: string,
  user: ServerUser | null,
  privateFolder: string,
): Promise<string> {
  const folder = await realpath(native);
  if (user !== null && !(await isReachable(folder, user))) {
    return copyBinaries(folder, await sharedCache(user));
  }
  if (await hasLibraryLinks(folder)) return folder;
  if (await isWritable(join(folder, 'lib'))) {
    await makeLibraryLinks(folder);
    return folder;
  }
  return copyBinaries(folder, user === null ? privateFolder : await sharedCache(user));
}

async function isReachable(folder: string, user: ServerUser): Promise<boolean> {
  const answers = await Promise.all(NEEDED.map((path) => canReach(join(folder, path), user)));
  return answers.every(Boolean);
}

function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
