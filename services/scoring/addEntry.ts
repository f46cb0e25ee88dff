import type { CheckedRow } from './checkCriteria.ts';
import { isJudged, type InputRule } from './checkInput.ts';
import type { Entry, Input } from './entry.ts';
import type { Layer } from './entryTable.ts';
import type { Check, Path } from './problems.ts';
import { isAbsent, readOptionalText, readText, show, type Fields } from './readFields.ts';

/** What entries refer to; null where the file has no such list at all, and nothing can be said. */
export interface EntryScope {
  /** Unit codes with their positions. */
  readonly units: ReadonlyMap<string, number> | null;
  /** Rows by code. */
  readonly criteria: ReadonlyMap<string, CheckedRow> | null;
}

/** Which unit, by its position, is scored, and by whom. */
export interface EntryHead {
  readonly unit: number;
  readonly scorer: string | null;
}

/** Reads whom an entry scores and who scores; null where that is too wrong to look for second entries. */
export function checkHead(
  fields: Fields,
  layer: Layer | null,
  scope: EntryScope,
  check: Check,
): EntryHead | null {
  const code = readText(fields, 'unit', check);
  const unit = code === null ? undefined : scope.units?.get(code);
  if (code !== null && unit === undefined) reportUnknownUnit('unit', code, scope, check);
  const scorer = readOptionalText(fields, 'scorer', check);
  if (isAbsent(fields['scorer'])) {
    if (layer !== 'cluster') return unit === undefined ? null : { unit, scorer: null };
    check.report(['scorer'], 'is missing: an entry of the cluster names the unit that scores');
    return null;
  }
  if (scorer === null) return null;
  if (layer === 'cluster') checkMember(scorer, code, scope, check);
  return unit === undefined ? null : { unit, scorer };
}

/** In the cluster layer members score each other, never themselves. */
function checkMember(scorer: string, unit: string | null, scope: EntryScope, check: Check): void {
  if (scorer === unit) {
    check.report(['scorer'], `${show(scorer)} scores itself`);
  } else if (scope.units?.has(scorer) === false) {
    reportUnknownUnit('scorer', scorer, scope, check);
  }
}

function reportUnknownUnit(key: string, code: string, { units }: EntryScope, check: Check): void {
  if (units !== null) check.report([key], `${show(code)} is unknown: no unit has this code`);
}

/** The leaf that an entry scores, or null after reporting. */
export function findLeaf(
  code: string,
  { criteria }: EntryScope,
  check: Check,
  path: Path,
): Extract<CheckedRow, { kind: 'leaf' }> | null {
  const row = criteria?.get(code);
  if (row?.kind === 'leaf') return row;
  if (criteria === null) return null;
  check.report(
    path,
    `${show(code)} ${row ? 'is a group: only leaves are scored' : 'is unknown: no row has this code'}`,
  );
  return null;
}

/**
 * Adds an entry to those of the same unit, leaf and layer, or reports why it cannot stand beside them. Takes
 * an input that was wrong (null) as well, so that a second entry is found in the same run.
 */
export function addEntry(
  entries: Entry[],
  scorer: string | null,
  input: Input | null,
  rule: InputRule,
  check: Check,
): void {
  const [first] = entries;
  if (first !== undefined) checkBeside(first, entries, scorer, input, rule, check);
  entries.push({ scorer, input: input ?? unreadable });
}

const unreadable: Input = { kind: 'notAssigned', actual: null };

function checkBeside(
  first: Entry,
  entries: readonly Entry[],
  scorer: string | null,
  input: Input | null,
  rule: InputRule,
  check: Check,
): void {
  if (entries.some((entry) => entry.scorer === scorer)) {
    const who = scorer === null ? 'without a scorer' : `of scorer ${show(scorer)}`;
    check.report(scorer === null ? [] : ['scorer'], `a second entry ${who} for this unit, row and layer`);
    return;
  }
  if (!isJudged(rule.formula)) {
    check.report(['scorer'], `a second entry for this unit, row and layer: ${rule.formula} takes one scorer`);
    return;
  }
  if (input === null || first.input === unreadable) return;
  const reports = [first.input, input].some((one) => one.kind === 'notAssigned' && one.actual !== null);
  if (reports || (input.kind === 'notAssigned') !== (first.input.kind === 'notAssigned')) {
    check.report(['assigned'], 'scorers of one layer contradict each other on whether the row is assigned');
  }
}
