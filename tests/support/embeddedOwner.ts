import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readlink } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Another node process that owns the embedded database under a data folder. */
export interface EmbeddedOwner {
  child: ChildProcess;
  appUrl: string;
  ownerUrl: string;
}

/** Starts that process; the caller kills it. */
export async function spawnEmbeddedOwner(dataDir: string): Promise<EmbeddedOwner> {
  const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(
    process.execPath,
    ['--import', path('typescriptLoader.mjs'), path('embeddedOwner.main.ts'), dataDir],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { appUrl, ownerUrl } = JSON.parse(line) as { appUrl: string; ownerUrl: string };
  return { child, appUrl, ownerUrl };
}

/** `kill -9`: that process can clean nothing up. */
export async function killHard(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** The numbers of the processes that work in `folder` (Linux). */
export async function processesIn(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const places = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => null)));
  return pids.filter((_, index) => places[index] === folder).map(Number);
}

/** Resolves when no process works in `folder` any more; throws after some ten seconds. */
export async function untilEmpty(folder: string): Promise<void> {
  for (let look = 0; look < 500; look += 1) {
    if ((await processesIn(folder)).length === 0) return;
    await delay(20);
  }
  throw new Error(`processes still work in ${folder}`);
}
