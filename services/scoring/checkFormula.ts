import { compare, ZERO, type Exact } from './exact.ts';
import { under, type Check } from './problems.ts';
import {
  readList,
  readNumber,
  readListedNumber,
  readObject,
  readOptionalObject,
  readText,
  type Fields,
  type Range,
} from './readFields.ts';
import { compareTexts, reportRepeats } from './reportRepeats.ts';
import type { Band, Formula, FormulaName, Level } from './sheet.ts';

const notNegative: Range = { atLeast: ZERO };

/**
 * The formula of a leaf with its params, or null after reporting. Points in params stay within the leaf's
 * `maxPoints`, where that is known. Params that the formula does not use are ignored.
 */
export function checkFormula(
  name: FormulaName,
  leaf: Fields,
  maxPoints: Exact | null,
  check: Check,
): Formula | null {
  const params = readOptionalObject(leaf, 'params', check);
  if (params === null) return null;
  const inside = under(check, 'params');
  switch (name) {
    case 'YES_NO':
    case 'DIRECT':
    case 'LEADER_RELATIVE':
    case 'RATIO':
    case 'RATIO_INVERSE':
      return { name };
    case 'FULL_MINUS':
    case 'COUNT_STEP': {
      const step = readNumber(params, 'step', inside, notNegative);
      return step && { name, step };
    }
    case 'PENALTY_STEP': {
      const step = readNumber(params, 'step', inside, notNegative);
      const cap = readNumber(params, 'cap', inside, notNegative);
      return step && cap && { name, step, cap };
    }
    case 'TIER': {
      const bands = readBands(params, maxPoints, inside);
      return bands && { name, bands };
    }
    case 'LEVEL': {
      const levels = readLevels(params, maxPoints, inside);
      return levels && { name, levels };
    }
    case 'RANK_POINTS': {
      const points = readRankPoints(params, maxPoints, inside);
      return points && { name, points };
    }
  }
}

/** Highest first, so that the first band that is reached is the one that counts. */
function readBands(params: Fields, maxPoints: Exact | null, check: Check): Band[] | null {
  const bands = readEach(params, 'bands', check, (raw, item) => {
    const band = readObject(raw, item);
    if (band === null) return null;
    const atLeast = readNumber(band, 'atLeast', item);
    const points = readNumber(band, 'points', item, { atLeast: ZERO, atMost: maxPoints });
    return atLeast && points && { atLeast, points };
  });
  reportRepeats(
    bands,
    (a, b) => compare(a.atLeast, b.atLeast),
    (index) => {
      check.report(['bands', index, 'atLeast'], 'another band starts at the same value');
    },
  );
  return complete(bands)?.sort((a, b) => compare(b.atLeast, a.atLeast)) ?? null;
}

function readLevels(params: Fields, maxPoints: Exact | null, check: Check): Level[] | null {
  const levels = readEach(params, 'levels', check, (raw, item) => {
    const level = readObject(raw, item);
    if (level === null) return null;
    const label = readText(level, 'label', item);
    const points = readNumber(level, 'points', item, { atLeast: ZERO, atMost: maxPoints });
    return label !== null && points ? { label, points } : null;
  });
  reportRepeats(
    levels,
    (a, b) => compareTexts(a.label, b.label),
    (index) => {
      check.report(['levels', index, 'label'], 'another level has the same label');
    },
  );
  return complete(levels);
}

function readRankPoints(params: Fields, maxPoints: Exact | null, check: Check): Exact[] | null {
  const range = { atLeast: ZERO, atMost: maxPoints };
  return complete(readEach(params, 'points', check, (raw, item) => readListedNumber(raw, item, range)));
}

/** Reads every item of a list that must not be empty; a null stands for an item that is wrong. */
function readEach<T>(
  fields: Fields,
  key: string,
  check: Check,
  read: (raw: unknown, item: Check) => T | null,
): (T | null)[] | null {
  const list = readList(fields, key, check);
  if (list === null) return null;
  if (list.length === 0) check.report([key], 'must not be empty');
  return list.map((raw, index) => read(raw, under(check, key, index)));
}

function complete<T>(items: readonly (T | null)[] | null): T[] | null {
  const good = items?.filter((item) => item !== null) ?? [];
  return items !== null && items.length > 0 && good.length === items.length ? good : null;
}
