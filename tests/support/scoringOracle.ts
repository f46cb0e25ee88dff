import type { RawBundle, RawCriterion, RawEntry } from './rawBundles.ts';

/**
 * A second, naive scoring by the words of contract.md §5, to hold the engine against. It shares no code with
 * the engine: fractions in lowest terms, nothing clever.
 */
export interface OracleUnit {
  unit: string;
  total: Fraction;
  denominator: Fraction;
  percent: Fraction;
  rank: number | null;
  classification: string | null;
  base: Fraction;
  bonus: Fraction;
  penalty: Fraction;
  groups: Record<string, Fraction>;
  leaves: Record<string, Fraction>;
  missing: string[];
  onHold: boolean;
}

/** 'n/d' in lowest terms with d > 0: equal fractions are equal texts. */
export type Fraction = string;

export function fraction(n: bigint, d: bigint): Fraction {
  const divisor = gcd(n < 0n ? -n : n, d < 0n ? -d : d) * (d < 0n ? -1n : 1n);
  return `${n / divisor}/${d / divisor}`;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

function parts(a: Fraction): [bigint, bigint] {
  const [n = '0', d = '1'] = a.split('/');
  return [BigInt(n), BigInt(d)];
}

/** The fraction of a plain decimal text. */
export function decimal(text: string): Fraction {
  const [digits = '0', places = ''] = text.split('.');
  return fraction(BigInt(digits + places), 10n ** BigInt(places.length));
}

const ZERO = '0/1';
const ONE = '1/1';

function plus(a: Fraction, b: Fraction): Fraction {
  const [[an, ad], [bn, bd]] = [parts(a), parts(b)];
  return fraction(an * bd + bn * ad, ad * bd);
}

function times(a: Fraction, b: Fraction): Fraction {
  const [[an, ad], [bn, bd]] = [parts(a), parts(b)];
  return fraction(an * bn, ad * bd);
}

function over(a: Fraction, b: Fraction): Fraction {
  const [n, d] = parts(b);
  return times(a, fraction(d, n));
}

function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, times(b, '-1/1'));
}

function less(a: Fraction, b: Fraction): boolean {
  return minus(a, b).startsWith('-');
}

function least(a: Fraction, b: Fraction): Fraction {
  return less(b, a) ? b : a;
}

function most(a: Fraction, b: Fraction): Fraction {
  return less(a, b) ? b : a;
}

function total(values: Fraction[]): Fraction {
  return values.reduce(plus, ZERO);
}

/** Half away from zero: add half a unit to the size and cut. */
function round(value: Fraction, scale: string): Fraction {
  const unit = 10n ** BigInt(scale);
  const isNegative = value.startsWith('-');
  const [n, d] = parts(plus(times(isNegative ? times(value, '-1/1') : value, `${unit}/1`), '1/2'));
  return fraction(isNegative ? -(n / d) : n / d, unit);
}

const strength = ['self', 'cluster', 'department', 'verified'];

function countingEntries(bundle: RawBundle, unit: string, criterion: string): RawEntry[] {
  const all = places(bundle).get(JSON.stringify([unit, criterion])) ?? [];
  const strongest = Math.max(...all.map(({ layer }) => strength.indexOf(layer)));
  return all.filter(({ layer }) => strength.indexOf(layer) === strongest);
}

const known = new WeakMap<RawBundle, Map<string, RawEntry[]>>();

/** The entries by unit and criterion: the one thing not looked up anew, as large rounds would take minutes. */
function places(bundle: RawBundle): Map<string, RawEntry[]> {
  const found = known.get(bundle);
  if (found !== undefined) return found;
  const all = new Map<string, RawEntry[]>();
  for (const entry of bundle.entries) {
    const place = JSON.stringify([entry.unit, entry.criterion]);
    all.set(place, [...(all.get(place) ?? []), entry]);
  }
  known.set(bundle, all);
  return all;
}

function joined(bundle: RawBundle, entries: RawEntry[]): Fraction {
  const points = entries.map((entry) => decimal(entry.points ?? ''));
  points.sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0));
  const how = bundle.sheet.crossScore?.aggregate ?? 'mean';
  let used = points;
  if (how === 'trimmed-mean' && points.length > 2) used = points.slice(1, points.length - 1);
  if (how === 'median') {
    used = points.filter((_, index) => Math.abs(index - (points.length - 1) / 2) <= 0.5);
  }
  return over(total(used), `${used.length}/1`);
}

function excess(entry: RawEntry): Fraction {
  const target = decimal(entry.target ?? '');
  return over(minus(decimal(entry.actual ?? ''), target), target);
}

/** The exact score of a leaf for a unit, and whether the leaf stays in the denominator. */
function scoreLeaf(
  bundle: RawBundle,
  leaf: RawCriterion,
  unit: string,
): { score: Fraction; counts: boolean } {
  const max = decimal(leaf.maxPoints);
  const entries = countingEntries(bundle, unit, leaf.code);
  const [entry] = entries;
  if (entry === undefined) return { score: ZERO, counts: true };
  const everybody = bundle.units.map(({ code }) => countingEntries(bundle, code, leaf.code));
  if (entry.assigned === false) {
    if (entry.actual === undefined) return { score: ZERO, counts: false };
    const reported = everybody.flatMap(([first]) => {
      return first?.assigned === false && first.actual !== undefined ? [decimal(first.actual)] : [];
    });
    const best = reported.reduce(most, ZERO);
    const score = best === ZERO ? ZERO : over(times(max, decimal(entry.actual)), best);
    return { score, counts: true };
  }
  const rivals = everybody.filter(([first]) => first !== undefined && first.assigned !== false);
  return { score: assignedScore(bundle, leaf, entries, entry, rivals), counts: true };
}

function assignedScore(
  bundle: RawBundle,
  leaf: RawCriterion,
  entries: RawEntry[],
  entry: RawEntry,
  rivals: RawEntry[][],
): Fraction {
  const max = decimal(leaf.maxPoints);
  const half = times(max, '1/2');
  const counted = () => times(decimal(entry.count ?? ''), decimal(leaf.params?.step ?? ''));
  const ratio = () => over(decimal(entry.actual ?? ''), decimal(entry.target ?? ''));
  switch (leaf.formula) {
    case 'YES_NO':
      return entry.achieved === true ? max : ZERO;
    case 'DIRECT':
      return joined(bundle, entries);
    case 'LEADER_RELATIVE': {
      const own = excess(entry);
      if (less(own, ZERO)) return times(half, ratio());
      if (own === ZERO) return half;
      const best = rivals.flatMap(([first]) => (first ? [excess(first)] : [])).reduce(most, ZERO);
      return own === best ? max : plus(half, times(half, over(own, best)));
    }
    case 'RATIO':
      return times(max, least(ratio(), ONE));
    case 'RATIO_INVERSE':
      return less(ONE, ratio()) ? times(max, most(ZERO, minus('2/1', ratio()))) : max;
    case 'FULL_MINUS':
      return most(ZERO, minus(max, counted()));
    case 'COUNT_STEP':
      return least(counted(), max);
    case 'PENALTY_STEP':
      return times('-1/1', least(counted(), decimal(leaf.params?.cap ?? '')));
    case 'TIER': {
      const value = decimal(entry.value ?? '');
      const reached = (leaf.params?.bands ?? []).filter(({ atLeast }) => !less(value, decimal(atLeast)));
      const best = reached.find(({ atLeast }) => {
        return reached.every((other) => !less(decimal(atLeast), decimal(other.atLeast)));
      });
      return best === undefined ? ZERO : decimal(best.points);
    }
    case 'LEVEL':
      return decimal(leaf.params?.levels?.find(({ label }) => label === entry.level)?.points ?? '');
    default: {
      const own = joined(bundle, entries);
      const better = rivals.filter((others) => less(own, joined(bundle, others))).length;
      return decimal(leaf.params?.points?.[better] ?? '0');
    }
  }
}

function below(bundle: RawBundle, code: string): RawCriterion[] {
  const children = bundle.sheet.criteria.filter(({ parent }) => parent === code);
  return children.flatMap((child) => [child, ...below(bundle, child.code)]);
}

function scoreUnit(bundle: RawBundle, unit: string): OracleUnit {
  const { sheet } = bundle;
  const parents = new Set(sheet.criteria.map(({ parent }) => parent));
  const leaves = sheet.criteria.filter(({ code }) => !parents.has(code));
  const scored = leaves.map((leaf) => {
    const { score, counts } = scoreLeaf(bundle, leaf, unit);
    return { leaf, counts, score: sheet.rounding.at === 'leaf' ? round(score, sheet.rounding.scale) : score };
  });
  const ofRole = (role: string) => scored.filter(({ leaf }) => (leaf.role ?? 'base') === role);
  const sumOf = (some: typeof scored) => total(some.map(({ score }) => score));
  const base = sumOf(ofRole('base'));
  const uncapped = sumOf(ofRole('bonus'));
  const bonus = typeof sheet.bonusCap === 'string' ? least(uncapped, decimal(sheet.bonusCap)) : uncapped;
  const penalty = sumOf(ofRole('penalty'));
  const exact = most(ZERO, total([base, bonus, penalty]));
  const sum = sheet.rounding.at === 'total' ? round(exact, sheet.rounding.scale) : exact;
  const counted = ofRole('base').filter(({ counts }) => counts);
  const denominator = total(counted.map(({ leaf }) => decimal(leaf.maxPoints)));
  const percent = denominator === ZERO ? ZERO : over(times('100/1', sum), denominator);
  const classes = (sheet.classification ?? []).filter(({ atLeast }) => !less(percent, decimal(atLeast)));
  classes.sort((a, b) => (less(decimal(a.atLeast), decimal(b.atLeast)) ? 1 : -1));
  const groups = sheet.criteria.filter(({ code }) => parents.has(code));
  return {
    unit,
    total: sum,
    denominator,
    percent,
    rank: null,
    classification: classes[0]?.code ?? null,
    base,
    bonus,
    penalty,
    groups: Object.fromEntries(
      groups.map(({ code }) => {
        const codes = below(bundle, code).map((row) => row.code);
        return [code, sumOf(scored.filter(({ leaf }) => codes.includes(leaf.code)))];
      }),
    ),
    leaves: Object.fromEntries(scored.map(({ leaf, score }) => [leaf.code, score])),
    missing: leaves.flatMap(({ code }) => (countingEntries(bundle, unit, code).length === 0 ? [code] : [])),
    onHold: (bundle.knockouts ?? []).some((knockout) => knockout.unit === unit && knockout.effect === 'hold'),
  };
}

function isBetter(bundle: RawBundle, a: OracleUnit, b: OracleUnit): boolean {
  const { sheet } = bundle;
  const keys = (unit: OracleUnit) => [
    sheet.rankBy === 'percent' ? unit.percent : unit.total,
    ...(sheet.tieBreak ?? []).map(({ by, code }) => {
      if (by === 'group') return unit.groups[code ?? ''] ?? ZERO;
      return by === 'bonus' ? unit.bonus : unit.penalty;
    }),
  ];
  const [left, right] = [keys(a), keys(b)];
  const differing = left.findIndex((key, index) => key !== right[index]);
  return differing >= 0 && less(right[differing] ?? ZERO, left[differing] ?? ZERO);
}

/** The results in the order of the units; a rank is one more than the number of better ranked units. */
export function oracleScore(bundle: RawBundle): OracleUnit[] {
  const units = bundle.units.map(({ code }) => scoreUnit(bundle, code));
  const excluded = (bundle.knockouts ?? [])
    .filter(({ effect }) => effect === 'exclude')
    .map(({ unit }) => unit);
  const ranked = units.filter(({ unit }) => !excluded.includes(unit));
  for (const unit of ranked) unit.rank = 1 + ranked.filter((other) => isBetter(bundle, other, unit)).length;
  return units;
}
