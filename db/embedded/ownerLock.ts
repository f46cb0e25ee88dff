import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';
import { processIdentity } from './processIdentity.ts';

/** Proof that this process alone runs the database under a data folder. */
export interface OwnerLock {
  release(): Promise<void>;
}

const ATTEMPTS = 5;

/**
 * Makes this process the one owner of the database under `dataDir`, until `release()` or its death: a lock
 * whose process is gone is taken over, also when its number has been given to another process since.
 * Throws EmbeddedPostgresError `in-use`. Processes in two containers on one folder do not see each other.
 */
export async function takeOwnerLock(dataDir: string): Promise<OwnerLock> {
  const file = join(dataDir, 'postgres.lock');
  const identity = (await processIdentity(process.pid)) ?? '';
  // The token tells two locks of one process apart: a second stop() must not release the next start's.
  const mine = `${process.pid} ${randomBytes(6).toString('hex')} ${identity}\n`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await claim(file, mine)) return { release: () => release(file, mine) };
    const theirs = await readFile(file, 'utf8').catch(() => null);
    if (theirs === null) continue;
    if (await isHeld(theirs)) throw inUse(dataDir, theirs);
    await removeStale(file, theirs);
  }
  throw inUse(dataDir, await readFile(file, 'utf8').catch(() => ''));
}

/** A hard link appears with its content, and only where there is no such name yet. */
async function claim(file: string, mine: string): Promise<boolean> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, mine, { mode: 0o644 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function isHeld(content: string): Promise<boolean> {
  const [pid = '', , ...identity] = content.trim().split(' ');
  if (!/^\d+$/.test(pid)) return false;
  return (await processIdentity(Number(pid))) === identity.join(' ');
}

/** Two may find the same stale lock: whoever moved the other's fresh one by mistake puts it back. */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const moved = await readFile(aside, 'utf8');
  if (moved !== stale) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function release(file: string, mine: string): Promise<void> {
  const content = await readFile(file, 'utf8').catch(() => null);
  if (content === mine) await rm(file, { force: true });
}

function inUse(dataDir: string, holder: string): EmbeddedPostgresError {
  const pid = holder.split(' ')[0] ?? '?';
  return new EmbeddedPostgresError('in-use', {
    vi: `Một tiến trình khác (số ${pid}) đang chạy cơ sở dữ liệu trong ${dataDir}. Hãy dừng nó trước, hoặc đặt DATA_DIR khác.`,
    en: `Another process (number ${pid}) is running the database in ${dataDir}. Stop it first, or set another DATA_DIR.`,
  });
}
