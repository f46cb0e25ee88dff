import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ServerUser } from './serverUser.ts';

const EXECUTE = 0o1;
const READ = 0o4;

/**
 * True when `user` may enter every folder above `path` and read `path` itself (and run or enter it, where
 * somebody may). Judged by the mode bits: npm under umask 077, or a clone below /root, takes this away.
 */
export async function canReach(path: string, user: ServerUser): Promise<boolean> {
  let place = await realpath(path);
  const leaf = await stat(place);
  const wanted = (leaf.mode & 0o111) === 0 ? READ : READ | EXECUTE;
  if (!allows(leaf, user, wanted)) return false;
  while (place !== dirname(place)) {
    place = dirname(place);
    if (!allows(await stat(place), user, EXECUTE)) return false;
  }
  return true;
}

function allows(entry: Stats, user: ServerUser, wanted: number): boolean {
  const shift = entry.uid === user.uid ? 6 : entry.gid === user.gid ? 3 : 0;
  return ((entry.mode >> shift) & wanted) === wanted;
}
