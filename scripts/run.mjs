// Runs one compiled program, building first where the sources are newer: node scripts/run.mjs services/main.ts …
// An installation without the compiler (production) runs what was built.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfStale } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PARENT_EVERY_MS = 500;
const [, , program, ...rest] = process.argv;
if (existsSync(join(root, 'node_modules', 'typescript'))) buildIfStale();
const compiled = join(root, 'dist', program.replace(/\.ts$/, '.js'));
if (!existsSync(compiled)) {
  console.error(
    'Chưa có bản dựng và không có trình biên dịch: hãy chạy "npm ci && npm run build" trước.\n' +
      'Nothing is built and there is no compiler here: run "npm ci && npm run build" first.',
  );
  process.exit(1);
}
// npm passes signals on (`exec` in package.json sees to it), but not when it is killed itself: nobody would know then
// that we still run.
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), PARENT_EVERY_MS).unref();
}
process.argv = [process.argv[0], compiled, ...rest];
await import(pathToFileURL(compiled).href);
