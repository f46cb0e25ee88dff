import type { NumberFault } from './decimalText.ts';
import type { Exact } from './exact.ts';

export type Segment = string | number;
export type Path = readonly Segment[];

/** One thing wrong, with its place; the empty path is the whole file. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
}

/** A value that holds, or everything that is wrong with it. */
export type Checked<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** Reads a raw number; how one may be written differs between a file and a stored cell. */
export type NumberReader = (raw: unknown) => Exact | NumberFault;

/** What a check works with: where to report, relative to the part being checked, and how numbers are read. */
export interface Check {
  readonly report: (path: Path, message: string) => void;
  readonly number: NumberReader;
}

/** The check of a part: what it reports at `path` lies at `prefix` + `path` of the whole. */
export function under(check: Check, ...prefix: Path): Check {
  return {
    report: (path, message) => {
      check.report([...prefix, ...path], message);
    },
    number: check.number,
  };
}

/** A path as people write it: `sheet.criteria[2].formula`; keys that are no plain words are quoted. */
export function printPath(path: Path): string {
  if (path.length === 0) return '(file)';
  return path.map(printSegment).join('').replace(/^\./, '');
}

function printSegment(segment: Segment): string {
  if (typeof segment === 'number') return `[${segment}]`;
  return /^[A-Za-z_]\w*$/.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`;
}

/** Problems in the order of their places in the file; what is missing comes after its neighbours. */
export function sortByPlace(problems: readonly Problem[], root: unknown): Problem[] {
  const placed = problems.map((problem) => ({ problem, place: placeOf(problem.path, root) }));
  placed.sort((a, b) => comparePlaces(a.place, b.place));
  return placed.map(({ problem }) => problem);
}

function placeOf(path: Path, root: unknown): number[] {
  let value: unknown = root;
  return path.map((segment) => {
    const parent = value;
    if (typeof parent !== 'object' || parent === null) return Infinity;
    value = (parent as Record<Segment, unknown>)[segment];
    if (typeof segment === 'number') return segment;
    const index = Object.keys(parent).indexOf(segment);
    return index < 0 ? Infinity : index;
  });
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (const [index, place] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (place !== other) return place - other;
  }
  return a.length - b.length;
}
