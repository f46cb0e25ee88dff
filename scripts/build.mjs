// Compiles services/, workflows/ and db/ to dist/ where something is newer than the last build, and copies the
// JSON that they read. Prints to stderr only, so that a command's stdout stays its own.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = ['services', 'workflows', 'db'];
const stamp = join(root, 'dist', '.built');

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** True when the last build is older than a source, or than the configuration of the build. */
export function isStale() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  const inputs = [
    ...sources.flatMap((name) => filesBelow(join(root, name))),
    join(root, 'tsconfig.build.json'),
  ];
  return inputs.some((path) => statSync(path).mtimeMs > built);
}

/** Builds afresh: nothing of an older build stays behind. Exits with 1 when the compiler refuses. */
export function build() {
  const started = new Date();
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) process.exit(1);
  for (const path of sources.flatMap((name) => filesBelow(join(root, name)))) {
    if (!path.endsWith('.json')) continue;
    const target = join(root, 'dist', relative(root, path));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(path, target);
  }
  writeFileSync(stamp, started.toISOString());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
