// npm run bench -- [name]: runs the benchmarks, each beside its peer or floor in the same run, as JSON lines.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../scripts/build.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const BENCHMARKS = ['door'];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !BENCHMARKS.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark named ${unknown.join(', ')}; there are: ${BENCHMARKS.join(', ')}`);
  process.exit(2);
}

buildIfStale();
if (!existsSync(join(here, 'node_modules'))) {
  const installed = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: ['ignore', 2, 2],
  });
  if (installed.status !== 0) process.exit(1);
}

let missed = false;
for (const name of asked.length > 0 ? asked : BENCHMARKS) {
  const { run } = await import(`./${name}.mjs`);
  for (const line of await run()) {
    console.log(JSON.stringify(line));
    if (line.held === false) missed = true;
  }
}
process.exit(missed ? 1 : 0);
