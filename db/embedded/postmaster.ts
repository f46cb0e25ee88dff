import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';
import { cannotRun, folderArgument, inFolder, programPath, type ServerProgram } from './serverProgram.ts';

export interface PostmasterOptions {
  folder: string;
  program: ServerProgram;
  port: number;
  durable: boolean;
  log: (line: string) => void;
}

/** A running server. */
export interface Postmaster {
  /** Fast shutdown: breaks connections, rolls open transactions back, writes everything; safe to repeat. */
  stop(): Promise<void>;
}

const TAIL = 30;
const READY = 'database system is ready to accept connections';
/** Each signal is given this long before a harder one (milliseconds). */
const PATIENCE = 15_000;

/**
 * The server dies with us, however we die: its standard input is a pipe that we hold, a small watcher reads
 * from it, and when the kernel closes it the watcher asks for a fast shutdown. `$$` is the server, since
 * exec keeps the number; the double fork keeps the watcher from being one of the server's own children.
 */
const WATCHED = `exec 3<&0 </dev/null
( ( read -r _ <&3; kill -INT $$ ) >/dev/null 2>&1 & )
exec 3<&- "$@"`;

/**
 * Starts the server and waits until it takes connections; after a crash that includes the recovery.
 * Throws EmbeddedPostgresError `binaries-unusable`, `port-taken` or `start-failed`.
 */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const path = programPath(options.program, 'postgres');
  const [command = path, ...args] = watched([path, ...serverArguments(options)]);
  const child = spawn(command, args, {
    ...inFolder(options.folder, options.program.user),
    // Its own process group: Ctrl-C in a terminal is for us, and we stop the server last.
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = whenEnded(child);
  await whenReady(child, path, options);
  letGo(child);
  let stopping: Promise<void> | undefined;
  void ended.then(() => {
    if (stopping === undefined) options.log('PostgreSQL ended without being asked to');
  });
  return {
    stop: () => (stopping ??= stop(child, ended)),
  };
}

function serverArguments({ folder, program, port, durable }: PostmasterOptions): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=100',
    'shared_buffers=128MB',
    'timezone=UTC',
    'log_timezone=UTC',
    'password_encryption=scram-sha-256',
    'logging_collector=off',
    // Start, stop and trouble; not each refused statement, whose text may hold personal data.
    'log_min_messages=log',
    'log_min_error_statement=panic',
    'log_checkpoints=off',
    'log_line_prefix=',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  return [
    '-D',
    folderArgument(folder, program.user),
    '-p',
    String(port),
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
}

function watched(command: string[]): string[] {
  return process.platform === 'win32' ? command : ['/bin/sh', '-c', WATCHED, 'sh', ...command];
}

function whenReady(child: ChildProcess, path: string, { port, log }: PostmasterOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const tail: string[] = [];
    if (child.stderr === null) throw new TypeError('the server has no standard error');
    createInterface(child.stderr).on('line', (line) => {
      log(line);
      tail.push(line);
      if (tail.length > TAIL) tail.shift();
      if (line.includes(READY)) resolve();
    });
    child.once('error', (cause) => {
      cannotRun(path, cause).then(reject, reject);
    });
    // `close`, not `exit`: only then has all it said been read.
    child.once('close', (status) => {
      const said = tail.join('\n');
      // The shell's answer when the kernel cannot start the program.
      if (status === 126 || status === 127) cannotRun(path, new Error(said)).then(reject, reject);
      else reject(startFailed(said, port));
    });
  });
}

function startFailed(said: string, port: number): EmbeddedPostgresError {
  if (said.includes('could not bind')) {
    return new EmbeddedPostgresError('port-taken', {
      vi: `Cổng ${port} của 127.0.0.1 đã có chương trình khác dùng.`,
      en: `Port ${port} of 127.0.0.1 is taken by another program.`,
    });
  }
  return new EmbeddedPostgresError('start-failed', {
    vi: `PostgreSQL nhúng không khởi động được:\n${said}`,
    en: 'The embedded PostgreSQL did not start.',
  });
}

/** A forgotten server must not keep node from ending. */
function letGo(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stderr]) (stream as { unref?: () => void } | null)?.unref?.();
}

function whenEnded(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      // Lets the watcher go before the server's number can belong to another process.
      child.stdin?.destroy();
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.ref();
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    child.kill(signal);
    const timer = new AbortController();
    const waited = delay(PATIENCE, false, { signal: timer.signal }).catch(() => false);
    const done = await Promise.race([ended.then(() => true), waited]);
    timer.abort();
    if (done) return;
  }
}
