import { chmod, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canReach } from './canReach.ts';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';
import type { ServerUser } from './serverUser.ts';

/** Only root may write in the first two; in the last anybody may, so its entry is looked at closely. */
const PLACES = ['/var/cache', '/var/lib', tmpdir()];

/**
 * As root: a folder that `user` can enter and that only root can write in, so that nobody can slip another
 * program in. It stays for the next start. Throws EmbeddedPostgresError `binaries-unusable`.
 */
export async function sharedCache(user: ServerUser): Promise<string> {
  for (const place of PLACES) {
    const cache = join(place, 'sovang-postgres');
    const made = await mkdir(cache, { recursive: true }).then(
      () => true,
      () => false,
    );
    if (!made || !(await isRootsAlone(cache))) continue;
    await chmod(cache, 0o755);
    if (await canReach(cache, user)) return cache;
  }
  throw new EmbeddedPostgresError('binaries-unusable', {
    vi: `Tài khoản chạy PostgreSQL không đọc được node_modules, và không tạo được bản sao trong ${PLACES.join(', ')}.`,
    en: `The account that runs PostgreSQL cannot read node_modules, and no copy can be made in ${PLACES.join(', ')}.`,
  });
}

/** A real folder of root's that nobody else may write in: not one that somebody left ready for us. */
async function isRootsAlone(cache: string): Promise<boolean> {
  const entry = await lstat(cache);
  return entry.isDirectory() && entry.uid === 0 && (entry.mode & 0o022) === 0;
}
