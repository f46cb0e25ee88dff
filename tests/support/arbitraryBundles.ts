import fc from 'fast-check';
import type { RawBundle, RawCriterion, RawEntry, RawSheet } from './rawBundles.ts';

const formulas = [
  'YES_NO',
  'DIRECT',
  'LEADER_RELATIVE',
  'RATIO',
  'RATIO_INVERSE',
  'FULL_MINUS',
  'COUNT_STEP',
  'PENALTY_STEP',
  'TIER',
  'LEVEL',
  'RANK_POINTS',
];
const layers = ['self', 'cluster', 'department', 'verified'];

/** Whole numbers from `min` to `max`, both included: the one source of chance of a bundle. */
export type Pick = (min: number, max: number) => number;

/** Any valid bundle of a few units and leaves, groups nested, every formula and rule. */
export const bundles: fc.Arbitrary<RawBundle> = fc.gen().map((draw) => {
  const pick: Pick = (min, max) => draw(fc.integer, { min, max });
  return makeBundle(pick, { units: pick(1, 5), leaves: pick(1, 9), filled: 80 });
});

/** A bundle by chance. `filled` is how many in a hundred leaves have entries. */
export function makeBundle(pick: Pick, size: { units: number; leaves: number; filled: number }): RawBundle {
  const units = Array.from({ length: size.units }, (_, index) => ({ code: `U${index + 1}` }));
  const leaves = Array.from({ length: size.leaves }, (_, index) => makeLeaf(pick, `L${index + 1}`));
  const criteria = withGroups(pick, leaves);
  const entries = units.flatMap(({ code }) => {
    return leaves.flatMap((leaf) => (pick(1, 100) > size.filled ? [] : makeEntries(pick, leaf, code, units)));
  });
  const effects = units.flatMap(({ code }) => {
    const chance = pick(1, 12);
    return chance > 2 ? [] : [{ unit: code, code: 'K', effect: chance === 1 ? 'exclude' : 'hold' }];
  });
  const groups = criteria.filter(({ formula }) => formula === undefined).map(({ code }) => code);
  return {
    format: 'score-bundle/1',
    sheet: { criteria, ...makeRules(pick, groups) },
    units,
    entries,
    knockouts: effects,
  };
}

/** A decimal text from 0 to `most`, given in hundredths. */
function amount(pick: Pick, most: number): string {
  return hundredths(pick(0, most));
}

function hundredths(value: number): string {
  const digits = String(value).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function oneOf<T>(pick: Pick, options: readonly T[]): T {
  const option = options[pick(0, options.length - 1)];
  if (option === undefined) throw new RangeError('nothing to pick from');
  return option;
}

function makeLeaf(pick: Pick, code: string): RawCriterion {
  const formula = oneOf(pick, formulas);
  const max = pick(0, 40) * 25;
  const role = formula === 'PENALTY_STEP' ? 'penalty' : oneOf(pick, ['base', 'base', 'base', 'bonus']);
  return { code, parent: null, maxPoints: hundredths(max), formula, role, params: makeParams(pick, max) };
}

/** Params of every formula at once: what a formula does not use is ignored. */
function makeParams(pick: Pick, max: number): NonNullable<RawCriterion['params']> {
  const starts = [...new Set(Array.from({ length: pick(1, 4) }, () => pick(0, 20)))];
  return {
    step: amount(pick, 400),
    cap: amount(pick, 1000),
    bands: starts.map((start) => ({ atLeast: String(start * 5), points: amount(pick, max) })),
    levels: ['Tốt', 'Khá', 'Đạt'].map((label) => ({ label, points: amount(pick, max) })),
    points: Array.from({ length: pick(1, 4) }, () => amount(pick, max)),
  };
}

/** Puts leaves under groups and groups under groups, and gives each group the sum of what is below it. */
function withGroups(pick: Pick, leaves: RawCriterion[]): RawCriterion[] {
  const groups: { code: string; parent: string | null; hundredths: number }[] = [];
  for (const leaf of leaves) {
    if (groups.length === 0 || pick(0, 3) === 0) {
      const parent = groups.length === 0 || pick(0, 1) === 0 ? null : oneOf(pick, groups).code;
      groups.push({ code: `G${groups.length + 1}`, parent, hundredths: 0 });
    }
    if (pick(0, 4) === 0) continue;
    leaf.parent = oneOf(pick, groups).code;
    let above: string | null = leaf.parent;
    while (above !== null) {
      const group = groups.find(({ code }) => code === above);
      if (group === undefined) break;
      group.hundredths += Math.round(Number(leaf.maxPoints) * 100);
      above = group.parent;
    }
  }
  const used = groups.filter(({ code }) => leaves.some((leaf) => isBelow(leaf.parent, code, groups)));
  return [
    ...used.map((group) => ({
      code: group.code,
      parent: group.parent,
      maxPoints: hundredths(group.hundredths),
    })),
    ...leaves,
  ];
}

function isBelow(parent: string | null, code: string, groups: { code: string; parent: string | null }[]) {
  let above = parent;
  while (above !== null && above !== code) {
    const now: string = above;
    above = groups.find((group) => group.code === now)?.parent ?? null;
  }
  return above === code;
}

function makeEntries(pick: Pick, leaf: RawCriterion, unit: string, units: { code: string }[]): RawEntry[] {
  const chosen = layers.filter((_, index) => pick(0, index === 0 ? 4 : 3) === 0 || index === 0);
  return chosen.flatMap((layer): RawEntry[] => {
    const others = units.filter(({ code }) => code !== unit).map(({ code }) => code);
    if (layer === 'cluster' && others.length === 0) return [];
    const head = { unit, criterion: leaf.code, layer };
    const isJudged = leaf.formula === 'DIRECT' || leaf.formula === 'RANK_POINTS';
    if (leaf.role !== 'penalty' && pick(0, 9) === 0) {
      const scorer = layer === 'cluster' ? { scorer: oneOf(pick, others) } : {};
      return [{ ...head, ...scorer, assigned: false, ...(pick(0, 1) ? { actual: amount(pick, 2000) } : {}) }];
    }
    const scorers = layer === 'cluster' ? others : [null, 'SNV', 'STC'];
    const count = isJudged ? pick(1, scorers.length) : 1;
    return scorers.slice(0, count).map((scorer) => ({ ...head, scorer, ...makeInputs(pick, leaf) }));
  });
}

/** Inputs of every formula at once: what a formula does not use is ignored. */
function makeInputs(pick: Pick, leaf: RawCriterion): Partial<RawEntry> {
  const most = Math.round(Number(leaf.maxPoints) * 100);
  return {
    achieved: pick(0, 1) === 1,
    points: amount(pick, most),
    target: hundredths(pick(1, 3000)),
    actual: amount(pick, 4000),
    count: oneOf(pick, ['0', '1', '2', '3', '7.5']),
    value: amount(pick, 10_500),
    level: oneOf(pick, ['Tốt', 'Khá', 'Đạt']),
  };
}

function makeRules(pick: Pick, groups: string[]): Omit<RawSheet, 'criteria'> {
  const ties = [{ by: 'bonus' }, { by: 'penalty' }, ...groups.map((code) => ({ by: 'group', code }))];
  const bounds = [...new Set(Array.from({ length: pick(0, 4) }, () => pick(0, 24) * 5))];
  return {
    rounding: { scale: String(pick(0, 3)), at: oneOf(pick, ['leaf', 'total']) },
    bonusCap: pick(0, 1) === 1 ? amount(pick, 1000) : null,
    rankBy: oneOf(pick, ['total', 'percent']),
    crossScore: { aggregate: oneOf(pick, ['mean', 'median', 'trimmed-mean']) },
    tieBreak: ties.filter(() => pick(0, 2) === 0),
    classification: bounds.map((bound) => ({ atLeast: String(bound), code: `LOAI_${bound}` })),
  };
}
