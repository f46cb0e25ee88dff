import { checkCriteria, type Criteria } from './checkCriteria.ts';
import { printDecimal } from './decimalText.ts';
import { compare, whole, ZERO } from './exact.ts';
import { sortByPlace, under, type Check, type Checked, type Problem } from './problems.ts';
import {
  isAbsent,
  readList,
  readNumber,
  readObject,
  readOneOf,
  readOptionalList,
  readOptionalObject,
  readText,
  show,
  type Fields,
} from './readFields.ts';
import { cellNumbers } from './readNumber.ts';
import { compareTexts, reportRepeats } from './reportRepeats.ts';
import {
  aggregates,
  rankings,
  roundingPlaces,
  type Aggregate,
  type ClassBand,
  type Sheet,
  type TieBreak,
} from './sheet.ts';

/** The sheet from its stored form: as in a bundle file, with decimals as texts (see cellNumbers). */
export function checkStoredSheet(raw: unknown): Checked<Sheet> {
  const problems: Problem[] = [];
  const report: Check['report'] = (path, message) => {
    problems.push({ path, message });
  };
  const found = checkSheet(raw, { report, number: cellNumbers() });
  if (found !== null && problems.length === 0) return { value: found.sheet };
  return { problems: sortByPlace(problems, raw) };
}

/** A sheet that may be wrong in part: `criteria` null when there is no list of rows at all. */
export interface SheetCheck {
  readonly sheet: Sheet;
  readonly criteria: Criteria | null;
}

/** Checks a raw sheet. `sheet` may be used only when nothing was reported; null when it is no object. */
export function checkSheet(raw: unknown, check: Check): SheetCheck | null {
  const fields = readObject(raw, check);
  if (fields === null) return null;
  const list = readList(fields, 'criteria', check);
  const criteria = list && checkCriteria(list, under(check, 'criteria'));
  const rows = criteria?.rows.flatMap(({ criterion }) => criterion ?? []) ?? [];
  const sheet = {
    criteria: rows,
    groups: rows.filter((row) => row.kind === 'group'),
    leaves: rows.filter((row) => row.kind === 'leaf'),
    rounding: checkRounding(fields, check),
    bonusCap: isAbsent(fields['bonusCap']) ? null : readNumber(fields, 'bonusCap', check, { atLeast: ZERO }),
    rankBy: isAbsent(fields['rankBy']) ? 'total' : (readOneOf(fields, 'rankBy', rankings, check) ?? 'total'),
    aggregate: checkAggregate(fields, check),
    tieBreak: checkTieBreak(fields, criteria, check),
    classification: checkClassification(fields, check),
  } as const;
  return { sheet, criteria };
}

// Points have few decimals; a finer rounding is a slip of the hand.
const finestScale = 12;

function checkRounding(sheet: Fields, check: Check): Sheet['rounding'] {
  const fallback = { scale: 0, at: 'leaf' } as const;
  const rounding = readOptionalObject(sheet, 'rounding', check);
  if (rounding === null) return fallback;
  const inside = under(check, 'rounding');
  const scale = readNumber(rounding, 'scale', inside, { atLeast: ZERO, atMost: whole(finestScale) });
  const at = readOneOf(rounding, 'at', roundingPlaces, inside);
  if (scale === null || at === null) return fallback;
  if (scale.n % scale.d === 0n) return { scale: Number(scale.n / scale.d), at };
  inside.report(['scale'], `${printDecimal(scale)} is no whole number of decimal places`);
  return fallback;
}

function checkAggregate(sheet: Fields, check: Check): Aggregate {
  const crossScore = readOptionalObject(sheet, 'crossScore', check);
  if (crossScore === null || isAbsent(crossScore['aggregate'])) return 'mean';
  return readOneOf(crossScore, 'aggregate', aggregates, under(check, 'crossScore')) ?? 'mean';
}

function checkTieBreak(sheet: Fields, criteria: Criteria | null, check: Check): TieBreak[] {
  return readOptionalList(sheet, 'tieBreak', check).flatMap((raw, index): TieBreak[] => {
    const item = under(check, 'tieBreak', index);
    const fields = readObject(raw, item);
    const by = fields && readOneOf(fields, 'by', ['group', 'bonus', 'penalty'], item);
    if (fields === null || by === null) return [];
    if (by !== 'group') return [{ by }];
    const code = readText(fields, 'code', item);
    if (code === null || criteria === null) return [];
    const row = criteria.byCode.get(code);
    if (row?.kind === 'group') return [{ by, code, group: row.position }];
    item.report(['code'], row ? `${show(code)} is a leaf, not a group` : `${show(code)} is unknown`);
    return [];
  });
}

function checkClassification(sheet: Fields, check: Check): ClassBand[] {
  const bands = readOptionalList(sheet, 'classification', check).map((raw, index): ClassBand | null => {
    const item = under(check, 'classification', index);
    const fields = readObject(raw, item);
    if (fields === null) return null;
    const atLeast = readNumber(fields, 'atLeast', item, { atLeast: ZERO });
    const code = readText(fields, 'code', item);
    return atLeast && code !== null ? { atLeast, code } : null;
  });
  reportRepeats(
    bands,
    (a, b) => compare(a.atLeast, b.atLeast),
    (index) => {
      check.report(['classification', index, 'atLeast'], 'another class starts at the same percent');
    },
  );
  reportRepeats(
    bands,
    (a, b) => compareTexts(a.code, b.code),
    (index) => {
      check.report(['classification', index, 'code'], 'another class has the same code');
    },
  );
  return bands.filter((band) => band !== null).sort((a, b) => compare(b.atLeast, a.atLeast));
}
