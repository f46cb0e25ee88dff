// Compiles services/, workflows/ and db/ to dist/ and copies the JSON that they read:
//   node scripts/build.mjs [--if-stale]
// Prints to stderr only, so that a command's stdout stays its own.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = ['services', 'workflows', 'db'];
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const lock = join(root, 'dist.lock');
const PAUSE_MS = 100;

function entriesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [path, ...entriesBelow(path)] : [path];
  });
}

/** True when the last build is older than a source, a folder of sources (one was removed), or how we build. */
function isStale() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  const inputs = [
    ...sources.flatMap((name) => [join(root, name), ...entriesBelow(join(root, name))]),
    ...['tsconfig.json', 'tsconfig.build.json', 'scripts/build.mjs'].map((name) => join(root, name)),
  ];
  return inputs.some((path) => statSync(path).mtimeMs > built);
}

/** Builds where something is newer than the last build. Of several processes one builds, the others wait for it. */
export function buildIfStale() {
  if (isStale()) withLock(() => isStale() && build());
}

/** Builds afresh beside the old build and then takes its place, so that nobody meets half of one. */
function build() {
  const started = new Date();
  const next = join(root, 'dist.next');
  const old = join(root, 'dist.old');
  for (const folder of [next, old]) rmSync(folder, { recursive: true, force: true });
  compile(next);
  for (const path of sources.flatMap((name) => entriesBelow(join(root, name)))) {
    if (!path.endsWith('.json')) continue;
    const target = join(next, relative(root, path));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(path, target);
  }
  // What was changed while we compiled is newer than this.
  writeFileSync(join(next, '.built'), '');
  utimesSync(join(next, '.built'), started, started);
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(next, dist);
  rmSync(old, { recursive: true, force: true });
}

/** Ends the process with 1 when the compiler refuses; the old build stays. */
function compile(folder) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', folder], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status === 0) return;
  rmSync(lock, { force: true });
  process.exit(1);
}

function withLock(work) {
  while (!takeLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The lock names who holds it, from its first moment on; that of a dead process is taken away. */
function takeLock() {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isAlive(readHolder())) rmSync(lock, { force: true });
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Null when the lock was given back just now. */
function readHolder() {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return null;
  }
}

function isAlive(pid) {
  if (pid === null) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--if-stale')) buildIfStale();
  else withLock(build);
}
