import { isLosslessNumber } from 'lossless-json';
import { printDecimal, type NumberFault } from './decimalText.ts';
import { compare, type Exact } from './exact.ts';
import type { Check, Path } from './problems.ts';

/** A JSON object whose fields have not been looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** The bounds a number must keep; both belong to the range unless `above` says more than. */
export interface Range {
  readonly atLeast?: Exact;
  readonly above?: Exact;
  readonly atMost?: Exact | null;
}

/** Absent and null mean the same everywhere: nothing is said. */
export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** Each reader below gives null after it has reported what is wrong. */
export function readObject(value: unknown, check: Check, path: Path = []): Fields | null {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)) {
    return value as Fields;
  }
  check.report(path, value === undefined ? 'is missing' : `must be an object, not ${show(value)}`);
  return null;
}

/** An object that may be left out: then none of its fields is there, and each is missed by its own name. */
export function readOptionalObject(fields: Fields, key: string, check: Check): Fields | null {
  return isAbsent(fields[key]) ? {} : readObject(fields[key], check, [key]);
}

export function readList(fields: Fields, key: string, check: Check): readonly unknown[] | null {
  const value = fields[key];
  if (Array.isArray(value)) return value as unknown[];
  check.report([key], value === undefined ? 'is missing' : `must be a list, not ${show(value)}`);
  return null;
}

/** A list that may be left out: then it is empty. */
export function readOptionalList(fields: Fields, key: string, check: Check): readonly unknown[] {
  return isAbsent(fields[key]) ? [] : (readList(fields, key, check) ?? []);
}

export function readText(fields: Fields, key: string, check: Check): string | null {
  const value = fields[key];
  if (typeof value === 'string' && value !== '') return value;
  check.report(
    [key],
    isAbsent(value) ? 'is missing' : `must be a text that is not empty, not ${show(value)}`,
  );
  return null;
}

export function readOptionalText(fields: Fields, key: string, check: Check): string | null {
  return isAbsent(fields[key]) ? null : readText(fields, key, check);
}

export function readFlag(fields: Fields, key: string, check: Check): boolean | null {
  const value = fields[key];
  if (typeof value === 'boolean') return value;
  check.report([key], isAbsent(value) ? 'is missing' : `must be true or false, not ${show(value)}`);
  return null;
}

export function readOneOf<T extends string>(
  fields: Fields,
  key: string,
  options: readonly T[],
  check: Check,
): T | null {
  const value = fields[key];
  const found = options.find((option) => option === value);
  if (found !== undefined) return found;
  const choice = `one of ${options.join(', ')}`;
  check.report([key], isAbsent(value) ? `is missing: ${choice}` : `${show(value)} is unknown: ${choice}`);
  return null;
}

export function readNumber(fields: Fields, key: string, check: Check, range = anyNumber): Exact | null {
  const raw = fields[key];
  const value = check.number(raw);
  if (typeof value !== 'string' && brokenBound(value, range) === null) return value;
  reportNumber(raw, value, range, check, [key]);
  return null;
}

/** The same for a number that stands in a list. */
export function readListedNumber(raw: unknown, check: Check, range: Range): Exact | null {
  const value = check.number(raw);
  if (typeof value !== 'string' && brokenBound(value, range) === null) return value;
  reportNumber(raw, value, range, check, []);
  return null;
}

const anyNumber: Range = {};

function reportNumber(
  raw: unknown,
  value: Exact | NumberFault,
  range: Range,
  check: Check,
  path: Path,
): void {
  if (isAbsent(raw)) {
    check.report(path, 'is missing');
  } else if (value === 'notANumber') {
    check.report(path, `must be a number, not ${show(raw)}`);
  } else if (value === 'outOfRange') {
    check.report(path, `${show(raw)} is out of range: no finite number that can be scored`);
  } else {
    check.report(path, `${show(raw)} is out of range: must be ${brokenBound(value, range) ?? ''}`);
  }
}

function brokenBound(value: Exact, { atLeast, above, atMost }: Range): string | null {
  if (above !== undefined && compare(value, above) <= 0) return `more than ${printDecimal(above)}`;
  if (atLeast !== undefined && compare(value, atLeast) < 0) return `at least ${printDecimal(atLeast)}`;
  if (atMost !== undefined && atMost !== null && compare(value, atMost) > 0) {
    return `at most ${printDecimal(atMost)}`;
  }
  return null;
}

const longest = 40;

/** A raw value as a short text for a message; quoted, so that it cannot pass for something else. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  const text = isLosslessNumber(value) ? value.value : JSON.stringify(value);
  if (text.startsWith('{')) return 'an object';
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
