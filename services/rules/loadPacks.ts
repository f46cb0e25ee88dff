import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readRulePack, type PackProblem, type PackReading } from './readRulePack.ts';
import type { RulePack } from './rulePack.ts';

export interface FileProblem extends PackProblem {
  file: string;
}

/** Packs that cannot be used: every problem of every file, each with file and path. */
export class BadRulePacks extends Error {
  override readonly name = 'BadRulePacks';
  readonly problems: readonly FileProblem[];
  constructor(problems: readonly FileProblem[]) {
    super(
      problems
        .map(({ file, path, message }) => `${file}: ${path === '' ? '' : `${path} `}${message}`)
        .join('\n'),
    );
    this.problems = problems;
  }
}

/**
 * Reads every *.json of a folder as a rule pack, in order of code and version. Throws BadRulePacks with all problems
 * of all files, among them two packs that claim the same days of reception; a folder that cannot be read throws the
 * error of the file system.
 */
export async function loadPacks(folder: string): Promise<RulePack[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const problems: FileProblem[] = [];
  const loaded: { file: string; pack: RulePack }[] = [];
  for (const file of files) {
    const reading = readJson(await readFile(join(folder, file), 'utf8'));
    if (reading.status === 'valid') loaded.push({ file, pack: reading.pack });
    else problems.push(...reading.problems.map((problem) => ({ file, ...problem })));
  }
  problems.push(...clashes(loaded));
  if (problems.length > 0) throw new BadRulePacks(problems);
  return loaded
    .map(({ pack }) => pack)
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.version - b.version));
}

function readJson(text: string): PackReading {
  try {
    return readRulePack(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { status: 'invalid', problems: [{ path: '', message: `is not JSON: ${error.message}` }] };
  }
}

function clashes(loaded: readonly { file: string; pack: RulePack }[]): FileProblem[] {
  return loaded.flatMap(({ file, pack }, i) =>
    loaded.slice(0, i).flatMap((earlier) => {
      if (earlier.pack.code === pack.code) {
        if (earlier.pack.version !== pack.version) return [];
        return [{ file, path: 'version', message: `is also the version of ${earlier.file}` }];
      }
      if (!overlap(earlier.pack, pack)) return [];
      return [{ file, path: 'validFrom', message: `the period overlaps with that of ${earlier.file}` }];
    }),
  );
}

function overlap(a: RulePack, b: RulePack): boolean {
  const endsBefore = (one: RulePack, other: RulePack) =>
    one.validTo !== null && other.validFrom !== null && one.validTo < other.validFrom;
  return !endsBefore(a, b) && !endsBefore(b, a);
}
