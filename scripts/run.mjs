// Runs one compiled program, building first where the sources are newer: node scripts/run.mjs services/main.ts …
// An installation without the compiler (production) runs what was built.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, isStale } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [, , program, ...rest] = process.argv;
if (existsSync(join(root, 'node_modules', 'typescript')) && isStale()) build();
const compiled = join(root, 'dist', program.replace(/\.ts$/, '.js'));
process.argv = [process.argv[0], compiled, ...rest];
await import(pathToFileURL(compiled).href);
