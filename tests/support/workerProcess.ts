import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { prepareQueue } from '../../services/worker/prepareQueue.ts';
import { roleOf } from './testCluster.ts';
import type { TestDatabase } from './testDatabase.ts';

const running = new Set<ChildProcess>();

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** `npm run start:worker` as a process of its own, to be killed; resolves when it is running. */
export async function spawnWorker(
  database: TestDatabase,
  environment: Record<string, string> = {},
): Promise<ChildProcess> {
  await prepareQueue(database.ownerUrl, roleOf(database.appUrl));
  const child = spawn(
    process.execPath,
    ['--import', path('typescriptLoader.mjs'), path('../../services/worker/main.ts')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      // PATH and the like only: what the machine has set for the product must not reach it.
      env: { PATH: process.env['PATH'], DATABASE_URL: database.appUrl, DEMO: '1', ...environment },
    },
  );
  running.add(child);
  child.once('exit', () => running.delete(child));
  for await (const line of createInterface(child.stdout)) {
    if (line.includes('the worker is running')) break;
  }
  if (child.exitCode !== null) throw new Error(`the worker ended with exit code ${child.exitCode}`);
  child.stdout.resume();
  return child;
}

/** Ends the process with that signal; answers its exit code, null where the signal ended it. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await gone)[0];
}

/** Kills what a failed test has left running. */
export function killRemaining(): void {
  for (const child of running) child.kill('SIGKILL');
}
