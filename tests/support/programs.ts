import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { waitFor } from './waitFor.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** How a program ended and all that it printed. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A program as an operator runs it: a process of its own that knows nothing but its environment. */
export interface Program {
  child: ChildProcess;
  /** Everything on stdout so far. */
  printed(): string;
  ended: Promise<Ended>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

const started = new Set<Program>();

/** Builds dist/ where it is stale. Several test files may ask at once: the build has a lock. */
export function build(): void {
  const built = spawnSync(process.execPath, ['scripts/build.mjs', '--if-stale'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stderr}`);
}

/** Starts a command in the project's folder; `node` is the one that runs the tests. */
export function startProgram(
  [command = '', ...args]: readonly string[],
  environment: Record<string, string>,
): Program {
  const child = spawn(command === 'node' ? process.execPath : command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // What the machine or the test run has set for the product must not reach it.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
  const program: Program = {
    child,
    printed: () => stdout,
    ended,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
  started.add(program);
  ended.finally(() => started.delete(program)).catch(() => undefined);
  return program;
}

/** Runs a command to its end. */
export function runProgram(command: readonly string[], environment: Record<string, string>): Promise<Ended> {
  return startProgram(command, environment).ended;
}

/** Resolves when the condition holds; throws with all that was printed where the program ends before, or is late. */
export async function untilProgram(
  program: Program,
  what: string,
  holds: () => Promise<boolean>,
): Promise<void> {
  let end: Ended | undefined;
  void program.ended.then((ended) => (end = ended));
  await waitFor(what, async () => end !== undefined || (await holds()), 45_000).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${program.printed()}`);
  });
  if (end !== undefined) throw new Error(`ended before ${what}: ${JSON.stringify(end, null, 1)}`);
}

/** Resolves when the server at `url` says that it can work. */
export function untilReady(program: Program, url: string): Promise<void> {
  return untilProgram(program, `${url} to be ready`, async () => {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    return answer?.status === 200;
  });
}

/** For afterAll: nothing that a test has started outlives it, also when it failed. */
export async function killPrograms(): Promise<void> {
  await Promise.all([...started].map((program) => program.end('SIGKILL')));
}
