import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';
import { processIdentity } from './processIdentity.ts';

const run = promisify(execFile);
const PAUSE = 20;
/** Fast shutdown first, which is certain; then at once, which costs a recovery at the next start. */
const STEPS = [
  { signal: 'SIGINT', pauses: 500 },
  { signal: 'SIGQUIT', pauses: 150 },
  { signal: 'SIGKILL', pauses: 150 },
] as const;

/**
 * Stops the server of the cluster in `folder` that outlived its node (node was killed, and the watcher has
 * not ended the server yet), and forgets a postmaster.pid that names no living server of this cluster.
 * Call only while holding the owner's lock. Throws EmbeddedPostgresError `left-over-alive`.
 */
export async function stopLeftOver(folder: string, log: (line: string) => void): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  const pid = await readPid(file);
  if (pid === null) return;
  if ((await processIdentity(pid)) !== null && (await isServerOf(pid, folder))) {
    log(`stopping PostgreSQL ${pid}, left over from a process that is gone`);
    if (!(await endsBySteps(pid))) throw leftOverAlive(pid);
  }
  // PostgreSQL would take a zombie, or whatever has that number now, for its own server and refuse to start.
  // Orphaned backends still keep it out: it finds their shared memory by the folder's inode.
  await rm(file, { force: true });
}

async function readPid(file: string): Promise<number | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/** A server works inside its data folder. */
async function isServerOf(pid: number, folder: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const place = await readlink(`/proc/${pid}/cwd`).catch(() => null);
    return place === (await realpath(folder));
  }
  const found = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => null);
  return found?.stdout.includes(folder) ?? false;
}

async function endsBySteps(pid: number): Promise<boolean> {
  for (const { signal, pauses } of STEPS) {
    if (await endsAfter(pid, signal, pauses)) return true;
  }
  return false;
}

async function endsAfter(pid: number, signal: NodeJS.Signals, pauses: number): Promise<boolean> {
  const identity = await processIdentity(pid);
  if (identity === null) return true;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  for (let pause = 0; pause < pauses; pause += 1) {
    if ((await processIdentity(pid)) !== identity) return true;
    await delay(PAUSE);
  }
  return false;
}

function leftOverAlive(pid: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError('left-over-alive', {
    vi: `PostgreSQL số ${pid} còn chạy từ lần trước và không dừng được.`,
    en: `PostgreSQL ${pid} is left over from an earlier run and cannot be stopped.`,
  });
}
