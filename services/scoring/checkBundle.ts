import { knockoutEffects, type Bundle, type Knockout, type Unit } from './bundle.ts';
import { checkEntries } from './checkEntries.ts';
import { checkSheet } from './checkSheet.ts';
import { sortByPlace, under, type Check, type Checked, type NumberReader, type Problem } from './problems.ts';
import {
  isAbsent,
  readList,
  readObject,
  readOneOf,
  readOptionalList,
  readText,
  show,
  type Fields,
} from './readFields.ts';

export const bundleFormat = 'score-bundle/1';

/**
 * Checks a raw bundle by contract.md §5: the bundle, ready to be scored, or every problem at once in the
 * order of the file. `number` says how numbers are written (readNumber.ts). Fields it does not know are
 * ignored.
 */
export function checkBundle(raw: unknown, number: NumberReader): Checked<Bundle> {
  const problems: Problem[] = [];
  const report: Check['report'] = (path, message) => {
    problems.push({ path, message });
  };
  const bundle = readBundle(raw, { report, number });
  if (bundle !== null && problems.length === 0) return { value: bundle };
  return { problems: sortByPlace(problems, raw) };
}

function readBundle(raw: unknown, check: Check): Bundle | null {
  const fields = readObject(raw, check);
  if (fields === null) return null;
  checkFormat(fields, check);
  const found = checkSheet(fields['sheet'], under(check, 'sheet'));
  const units = checkUnits(fields, check);
  const positions = units && new Map(units.map(({ code }, position) => [code, position]));
  const list = readList(fields, 'entries', check) ?? [];
  const scope = { units: positions, criteria: found?.criteria?.byCode ?? null };
  const entries = checkEntries(list, scope, under(check, 'entries'));
  const knockouts = checkKnockouts(fields, positions, check);
  return found && units && { sheet: found.sheet, units, entries, knockouts };
}

function checkFormat(fields: Fields, check: Check): void {
  const format = fields['format'];
  if (format === bundleFormat) return;
  const wrong = isAbsent(format) ? 'is missing' : `${show(format)} is not supported`;
  check.report(['format'], `${wrong}: must be ${show(bundleFormat)}`);
}

/** The units that have a code; a second one with the same code is reported and left out. */
function checkUnits(fields: Fields, check: Check): Unit[] | null {
  const list = readList(fields, 'units', check);
  if (list === null) return null;
  if (list.length === 0) check.report(['units'], 'must not be empty');
  const codes = new Set<string>();
  list.forEach((raw, index) => {
    const item = under(check, 'units', index);
    const unit = readObject(raw, item);
    const code = unit && readText(unit, 'code', item);
    if (code === null) return;
    if (codes.has(code)) item.report(['code'], `${show(code)} is the code of an earlier unit`);
    codes.add(code);
  });
  return [...codes].map((code) => ({ code }));
}

function checkKnockouts(fields: Fields, units: ReadonlyMap<string, number> | null, check: Check): Knockout[] {
  const seen = new Set<string>();
  return readOptionalList(fields, 'knockouts', check).flatMap((raw, index) => {
    const item = under(check, 'knockouts', index);
    const knockout = readObject(raw, item);
    if (knockout === null) return [];
    const unit = readText(knockout, 'unit', item);
    const code = readText(knockout, 'code', item);
    const effect = readOneOf(knockout, 'effect', knockoutEffects, item);
    if (unit !== null && units?.has(unit) === false) {
      item.report(['unit'], `${show(unit)} is unknown: no unit has this code`);
    }
    if (unit === null || code === null || effect === null) return [];
    const key = JSON.stringify([unit, code]);
    if (seen.has(key)) item.report([], `${show(unit)} has a knock-out ${show(code)} already`);
    seen.add(key);
    return [{ unit, code, effect }];
  });
}
