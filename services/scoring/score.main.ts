import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { refuse, scoreFile, type CommandOutcome } from './scoreFile.ts';

/** `score BUNDLE.json`: scores a bundle file (contract.md §5) without server or database. */
async function run(args: readonly string[]): Promise<CommandOutcome> {
  const [path] = args;
  if (path === undefined || args.length > 1) return refuse(['usage: npm run -s score -- BUNDLE.json']);
  try {
    return scoreFile(await readFile(locate(path)));
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return refuse([`cannot read ${path}: ${error.message}`]);
  }
}

/** npm runs its scripts in the project's folder; a path may be meant from where npm was called. */
function locate(path: string): string {
  return existsSync(path) ? path : resolve(process.env['INIT_CWD'] ?? '.', path);
}

const outcome = await run(process.argv.slice(2));
process.stdout.write(outcome.stdout);
process.stderr.write(outcome.stderr);
process.exitCode = outcome.exitCode;
