import { LosslessNumber, stringify } from 'lossless-json';
import { printDecimal } from './decimalText.ts';
import { roundHalfAway, type Exact } from './exact.ts';
import type { RoundResult, UnitResult } from './scoreRound.ts';
import type { Sheet } from './sheet.ts';

/** The output of contract.md §5. `N` is how a decimal is given: as text, or as a number of a JSON file. */
export interface PresentedUnit<N> {
  readonly unit: string;
  readonly total: N;
  readonly denominator: N;
  readonly percent: N;
  readonly rank: number | null;
  readonly classification: string | null;
  readonly base: N;
  readonly bonus: N;
  readonly penalty: N;
  readonly groups: Readonly<Record<string, N>>;
  readonly leaves: Readonly<Record<string, N>>;
  readonly missing: readonly string[];
  readonly onHold: boolean;
}

export interface PresentedResult<N> {
  readonly results: readonly PresentedUnit<N>[];
}

const percentPlaces = 4;

/** The result with every number as an exact decimal text, in the order of the units; percent to 4 places. */
export function presentResult(sheet: Sheet, result: RoundResult): PresentedResult<string> {
  return present(sheet, result, (text) => text);
}

/** The result as JSON text. Its numbers are written digit by digit and never pass through a binary double. */
export function printResult(sheet: Sheet, result: RoundResult): string {
  const presented = present(sheet, result, (text) => new LosslessNumber(text));
  return `${stringify(presented, null, 2) ?? ''}\n`;
}

function present<N>(sheet: Sheet, result: RoundResult, as: (text: string) => N): PresentedResult<N> {
  return { results: result.units.map((unit) => presentUnit(sheet, unit, as)) };
}

function presentUnit<N>(sheet: Sheet, unit: UnitResult, as: (text: string) => N): PresentedUnit<N> {
  const number = (value: Exact): N => as(printDecimal(value));
  const groups = unit.groups.map((score, index) => [sheet.groups[index]?.code ?? '', number(score)]);
  const leaves = unit.leaves.map(({ score }, index) => [sheet.leaves[index]?.code ?? '', number(score)]);
  return {
    unit: unit.unit,
    total: number(unit.total),
    denominator: number(unit.denominator),
    percent: number(roundHalfAway(unit.percent, percentPlaces)),
    rank: unit.rank,
    classification: unit.classification,
    base: number(unit.base),
    bonus: number(unit.bonus),
    penalty: number(unit.penalty),
    groups: Object.fromEntries(groups) as Record<string, N>,
    leaves: Object.fromEntries(leaves) as Record<string, N>,
    missing: unit.missing,
    onHold: unit.onHold,
  };
}
