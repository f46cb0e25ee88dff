import type { Input } from './entry.ts';
import {
  add,
  compare,
  divide,
  highest,
  larger,
  multiply,
  negate,
  smaller,
  subtract,
  whole,
  ZERO,
  type Exact,
} from './exact.ts';
import { rankHighestFirst } from './ranking.ts';
import type { Formula, Leaf } from './sheet.ts';

/** What a leaf's score needs to know of all units of the round; lists are in the order of the units. */
export interface Comparison {
  /** The highest excess (A−T)/T over the target; null where nobody exceeds it. */
  readonly highestExcess: Exact | null;
  /** The rank of each unit's points; null for who takes no part. */
  readonly ranks: readonly (number | null)[] | null;
  /** The highest result reported by units to which the leaf is not assigned. */
  readonly highestUnassigned: Exact | null;
}

const ONE = whole(1);
const TWO = whole(2);

/** Compares the units on one leaf. `inputs` in the order of the units, null for a unit without an entry. */
export function compareUnits(formula: Formula, inputs: readonly (Input | null)[]): Comparison {
  return {
    highestExcess: formula.name === 'LEADER_RELATIVE' ? highestExcess(inputs) : null,
    ranks: formula.name === 'RANK_POINTS' ? rankPoints(inputs) : null,
    highestUnassigned: highestUnassigned(inputs),
  };
}

/** The exact, unrounded score of one leaf for the unit at position `unit`. */
export function scoreLeaf(leaf: Leaf, input: Input, comparison: Comparison, unit: number): Exact {
  if (input.kind === 'notAssigned') return scoreUnassigned(leaf.maxPoints, input.actual, comparison);
  return score(leaf.maxPoints, leaf.formula, input, comparison, unit);
}

function score(max: Exact, formula: Formula, input: Input, comparison: Comparison, unit: number): Exact {
  switch (formula.name) {
    case 'YES_NO':
      return expect(input, 'achieved').achieved ? max : ZERO;
    case 'DIRECT':
      return expect(input, 'points').points;
    case 'LEADER_RELATIVE':
      return leaderRelative(max, expect(input, 'target'), comparison.highestExcess);
    case 'RATIO':
      return multiply(max, smaller(ratio(expect(input, 'target')), ONE));
    case 'RATIO_INVERSE':
      return multiply(max, inverseRatio(expect(input, 'target')));
    case 'FULL_MINUS':
      return larger(ZERO, subtract(max, multiply(expect(input, 'count').count, formula.step)));
    case 'COUNT_STEP':
      return smaller(multiply(expect(input, 'count').count, formula.step), max);
    case 'PENALTY_STEP':
      return negate(smaller(multiply(expect(input, 'count').count, formula.step), formula.cap));
    case 'TIER': {
      const { value } = expect(input, 'value');
      return formula.bands.find(({ atLeast }) => compare(value, atLeast) >= 0)?.points ?? ZERO;
    }
    case 'LEVEL': {
      const { level } = expect(input, 'level');
      return formula.levels.find(({ label }) => label === level)?.points ?? ZERO;
    }
    case 'RANK_POINTS': {
      const rank = comparison.ranks?.[unit] ?? null;
      return rank === null ? ZERO : (formula.points[rank - 1] ?? ZERO);
    }
  }
}

type InputOf<K extends Input['kind']> = Extract<Input, { kind: K }>;

/** The check of a bundle gives each formula its own kind of input; another one is a mistake of ours. */
function expect<K extends Input['kind']>(input: Input, kind: K): InputOf<K> {
  if (input.kind !== kind) throw new TypeError(`a ${kind} input was expected, not ${input.kind}`);
  return input as InputOf<K>;
}

function ratio({ target, actual }: InputOf<'target'>): Exact {
  return divide(actual, target);
}

function excess(input: InputOf<'target'>): Exact {
  return subtract(ratio(input), ONE);
}

function inverseRatio(input: InputOf<'target'>): Exact {
  return larger(ZERO, smaller(ONE, subtract(ONE, excess(input))));
}

/** Half of the points for the target, the other half by the share of the leader's excess (domain.md §5.4). */
function leaderRelative(max: Exact, input: InputOf<'target'>, highestExcess: Exact | null): Exact {
  const half = divide(max, TWO);
  if (compare(input.actual, input.target) < 0) return multiply(half, ratio(input));
  if (highestExcess === null) return half;
  return add(half, multiply(half, divide(excess(input), highestExcess)));
}

function highestExcess(inputs: readonly (Input | null)[]): Exact | null {
  const over = inputs.flatMap((input) => (input?.kind === 'target' ? [excess(input)] : []));
  return highest(over.filter((value) => compare(value, ZERO) > 0));
}

function rankPoints(inputs: readonly (Input | null)[]): (number | null)[] {
  return rankHighestFirst(inputs.map((input) => (input?.kind === 'points' ? [input.points] : null)));
}

function scoreUnassigned(max: Exact, actual: Exact | null, { highestUnassigned }: Comparison): Exact {
  if (actual === null || highestUnassigned === null || compare(highestUnassigned, ZERO) === 0) return ZERO;
  return divide(multiply(max, actual), highestUnassigned);
}

function highestUnassigned(inputs: readonly (Input | null)[]): Exact | null {
  const reported = inputs.flatMap((input) => (input?.kind === 'notAssigned' ? [input.actual] : []));
  return highest(reported.filter((actual) => actual !== null));
}
