import { aggregatePoints } from './aggregatePoints.ts';
import type { Bundle, Knockout } from './bundle.ts';
import type { Entry, Input } from './entry.ts';
import { strongestEntries, type Layer } from './entryTable.ts';
import {
  add,
  compare,
  divide,
  larger,
  multiply,
  roundHalfAway,
  smaller,
  whole,
  ZERO,
  type Exact,
} from './exact.ts';
import { compareUnits, scoreLeaf, type Comparison } from './formulas.ts';
import { classify, rankHighestFirst } from './ranking.ts';
import type { Aggregate, Leaf, Sheet } from './sheet.ts';

/** What counted for one leaf of one unit, and what it gave. Without an entry `layer` and `input` are null. */
export interface LeafResult {
  readonly layer: Layer | null;
  /** The input of the strongest layer; the points of several scorers are aggregated. */
  readonly input: Input | null;
  /** The score before rounding, and as it counts. */
  readonly exact: Exact;
  readonly score: Exact;
}

/** One unit's result, all numbers exact. `groups` and `leaves` are in the order of the sheet's lists. */
export interface UnitResult {
  readonly unit: string;
  readonly total: Exact;
  readonly denominator: Exact;
  readonly percent: Exact;
  readonly rank: number | null;
  readonly classification: string | null;
  readonly base: Exact;
  readonly bonus: Exact;
  readonly penalty: Exact;
  readonly groups: readonly Exact[];
  readonly leaves: readonly LeafResult[];
  /** Codes of the leaves without an entry. */
  readonly missing: readonly string[];
  readonly onHold: boolean;
}

/** The result of a round; `comparisons` says, per leaf, what its scores were measured against. */
export interface RoundResult {
  readonly units: readonly UnitResult[];
  readonly comparisons: readonly Comparison[];
}

type Sums = Omit<UnitResult, 'rank' | 'classification' | 'onHold'>;

/**
 * Scores a round by contract.md §5. Pure: the same bundle always gives the same result, in whatever order its
 * entries were listed. All units are part of the comparisons, those that are knocked out too.
 */
export function scoreRound({ sheet, units, entries, knockouts }: Bundle): RoundResult {
  const columns = sheet.leaves.map((leaf, position) => {
    const counting = units.map((_, unit) => countingInput(strongestEntries(entries, unit, position), sheet));
    return scoreColumn(leaf, counting, sheet);
  });
  const sums = units.map(({ code }, unit) => {
    const leaves = columns.flatMap(({ results }) => results[unit] ?? []);
    return addUp(code, leaves, sheet);
  });
  const comparisons = columns.map(({ comparison }) => comparison);
  return { units: rankUnits(sums, sheet, knockouts), comparisons };
}

interface Counting {
  readonly layer: Layer;
  readonly input: Input;
}

/** The strongest layer's entries as one input. */
function countingInput(strongest: ReturnType<typeof strongestEntries>, sheet: Sheet): Counting | null {
  if (strongest === null) return null;
  const input = joinEntries(strongest.entries, sheet.aggregate);
  return input === null ? null : { layer: strongest.layer, input };
}

/** Only points come from several scorers; several who say "not assigned" say the same thing. */
function joinEntries(entries: readonly Entry[], how: Aggregate): Input | null {
  const [first] = entries;
  if (first === undefined) return null;
  if (entries.length === 1 || first.input.kind !== 'points') return first.input;
  const points: Exact[] = [];
  for (const { input } of entries) if (input.kind === 'points') points.push(input.points);
  return { kind: 'points', points: aggregatePoints(points, how) };
}

function scoreColumn(leaf: Leaf, counting: readonly (Counting | null)[], { rounding }: Sheet) {
  const inputs = counting.map((found) => found?.input ?? null);
  const comparison = compareUnits(leaf.formula, inputs);
  const results = counting.map((found, unit): LeafResult => {
    if (found === null) return noEntry;
    const exact = scoreLeaf(leaf, found.input, comparison, unit);
    const score = rounding.at === 'leaf' ? roundHalfAway(exact, rounding.scale) : exact;
    return { layer: found.layer, input: found.input, exact, score };
  });
  return { comparison, results };
}

const noEntry: LeafResult = { layer: null, input: null, exact: ZERO, score: ZERO };

/** Whether a leaf stays in the unit's denominator: not where it is not assigned and nothing is reported. */
export function isCounted(leaf: Leaf, { input }: LeafResult): boolean {
  return leaf.role === 'base' && !(input?.kind === 'notAssigned' && input.actual === null);
}

const HUNDRED = whole(100);

function addUp(unit: string, leaves: readonly LeafResult[], sheet: Sheet): Sums {
  const byRole = { base: ZERO, bonus: ZERO, penalty: ZERO };
  const groups = sheet.groups.map(() => ZERO);
  const missing: string[] = [];
  let denominator = ZERO;
  for (const [position, leaf] of sheet.leaves.entries()) {
    const result = leaves[position] ?? noEntry;
    if (result.input === null) missing.push(leaf.code);
    if (isCounted(leaf, result)) denominator = add(denominator, leaf.maxPoints);
    if (result.score.n === 0n) continue;
    byRole[leaf.role] = add(byRole[leaf.role], result.score);
    for (const group of leaf.groups) groups[group] = add(groups[group] ?? ZERO, result.score);
  }
  const { base, penalty } = byRole;
  const bonus = sheet.bonusCap === null ? byRole.bonus : smaller(byRole.bonus, sheet.bonusCap);
  const unrounded = larger(ZERO, add(add(base, bonus), penalty));
  const { at, scale } = sheet.rounding;
  const total = at === 'total' ? roundHalfAway(unrounded, scale) : unrounded;
  const percent = compare(denominator, ZERO) === 0 ? ZERO : divide(multiply(HUNDRED, total), denominator);
  return { unit, total, denominator, percent, base, bonus, penalty, groups, leaves, missing };
}

function rankUnits(sums: readonly Sums[], sheet: Sheet, knockouts: readonly Knockout[]): UnitResult[] {
  const excluded = unitsWith('exclude', knockouts);
  const held = unitsWith('hold', knockouts);
  const keys = sums.map((unit) => (excluded.has(unit.unit) ? null : rankingKey(unit, sheet)));
  const ranks = rankHighestFirst(keys);
  return sums.map((unit, position) => ({
    ...unit,
    rank: ranks[position] ?? null,
    classification: classify(unit.percent, sheet.classification),
    onHold: held.has(unit.unit),
  }));
}

function rankingKey(unit: Sums, sheet: Sheet): Exact[] {
  const ties = sheet.tieBreak.map((rule) => {
    return rule.by === 'group' ? (unit.groups[rule.group] ?? ZERO) : unit[rule.by];
  });
  return [unit[sheet.rankBy], ...ties];
}

function unitsWith(effect: Knockout['effect'], knockouts: readonly Knockout[]): Set<string> {
  return new Set(knockouts.filter((knockout) => knockout.effect === effect).map(({ unit }) => unit));
}
