import { checkBundle } from './checkBundle.ts';
import { parseBundle } from './parseBundle.ts';
import { printResult } from './presentResult.ts';
import { printPath, sortByPlace, type Problem } from './problems.ts';
import { fileNumbers } from './readNumber.ts';
import { scoreRound } from './scoreRound.ts';

/** What a command prints, and how it ends. */
export interface CommandOutcome {
  readonly exitCode: 0 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/** Scores the bytes of a bundle file: its result as JSON, or every problem of the file, one a line, and 2. */
export function scoreFile(bytes: Uint8Array): CommandOutcome {
  const parsed = parseBundle(bytes);
  if ('notJson' in parsed) return refuse([`not JSON: ${parsed.notJson}`]);
  const checked = checkBundle(parsed.value, fileNumbers());
  const found = 'problems' in checked ? checked.problems : [];
  const problems = sortByPlace([...parsed.repeatedKeys, ...found], parsed.value);
  if ('problems' in checked || problems.length > 0) return refuse(problems.map(printProblem));
  const { value } = checked;
  return { exitCode: 0, stdout: printResult(value.sheet, scoreRound(value)), stderr: '' };
}

/** Bad input: nothing on stdout. */
export function refuse(lines: readonly string[]): CommandOutcome {
  return { exitCode: 2, stdout: '', stderr: lines.map((line) => `${line}\n`).join('') };
}

function printProblem({ path, message }: Problem): string {
  return `${printPath(path)}: ${message}`;
}
