import type { Bundle } from './bundle.ts';
import { printDecimal } from './decimalText.ts';
import type { Entry, Input } from './entry.ts';
import { entriesOf, layers, type Layer } from './entryTable.ts';
import type { Exact } from './exact.ts';
import type { Comparison } from './formulas.ts';
import { isCounted, type RoundResult } from './scoreRound.ts';
import type { Aggregate, Formula, FormulaName, Leaf, Role, Sheet } from './sheet.ts';

/** The inputs of an entry as they are shown: decimals as texts. */
export type PrintedInput = Readonly<Record<string, string | boolean | null>>;

/** Why a leaf has the score it has: everything that went into it, with decimals as texts. */
export interface LeafExplanation {
  readonly unit: string;
  readonly criterion: string;
  readonly name: string | null;
  readonly role: Role;
  readonly maxPoints: string;
  readonly formula: FormulaName;
  readonly params: PrintedParams;
  /** Every layer with entries, from weak to strong; only the strongest counts. */
  readonly layers: readonly {
    readonly layer: Layer;
    readonly counts: boolean;
    readonly entries: readonly { readonly scorer: string | null; readonly input: PrintedInput }[];
  }[];
  /** How the points of several scorers became one number; null where one input counted. */
  readonly aggregate: Aggregate | null;
  /** The input that was scored; null: no entry. */
  readonly input: PrintedInput | null;
  readonly comparedWith: PrintedComparison;
  /** The score before rounding; what does not end is cut to 12 places. */
  readonly exact: string;
  readonly rounding: Sheet['rounding'];
  readonly score: string;
  /** Whether the leaf is part of the unit's denominator. */
  readonly inDenominator: boolean;
}

/** The params of a formula in the words of the sheet. */
export interface PrintedParams {
  readonly step?: string;
  readonly cap?: string;
  readonly bands?: readonly { readonly atLeast: string; readonly points: string }[];
  readonly levels?: readonly { readonly label: string; readonly points: string }[];
  readonly points?: readonly string[];
}

/** What the unit was measured against in its round; a field is there where it played a part. */
export interface PrintedComparison {
  readonly highestExcess?: string;
  readonly rank?: number;
  readonly highestUnassigned?: string;
}

/** Explains one leaf of one unit from the round's bundle and result; null for a unit or leaf it has not. */
export function explainLeaf(
  bundle: Bundle,
  result: RoundResult,
  unitCode: string,
  leafCode: string,
): LeafExplanation | null {
  const unit = bundle.units.findIndex(({ code }) => code === unitCode);
  const position = bundle.sheet.leaves.findIndex(({ code }) => code === leafCode);
  const leaf = bundle.sheet.leaves[position];
  const found = result.units[unit]?.leaves[position];
  const comparison = result.comparisons[position];
  if (leaf === undefined || found === undefined || comparison === undefined) return null;
  const present = layers.flatMap((layer) => {
    const entries = entriesOf(bundle.entries, unit, position, layer);
    return entries.length === 0 ? [] : [{ layer, counts: layer === found.layer, entries }];
  });
  const counting = present.find(({ counts }) => counts)?.entries ?? [];
  const isAggregated = counting.length > 1 && found.input?.kind === 'points';
  return {
    unit: unitCode,
    ...printLeaf(leaf),
    layers: present.map((one) => ({ ...one, entries: one.entries.map(printEntry) })),
    aggregate: isAggregated ? bundle.sheet.aggregate : null,
    input: found.input && printInput(found.input),
    comparedWith: found.input === null ? {} : printComparison(comparison, found.input, unit),
    exact: printDecimal(found.exact),
    rounding: bundle.sheet.rounding,
    score: printDecimal(found.score),
    inDenominator: isCounted(leaf, found),
  };
}

function printLeaf({ code, name, role, maxPoints, formula }: Leaf) {
  const params = printParams(formula);
  return { criterion: code, name, role, maxPoints: printDecimal(maxPoints), formula: formula.name, params };
}

function printParams(formula: Formula): PrintedParams {
  switch (formula.name) {
    case 'YES_NO':
    case 'DIRECT':
    case 'LEADER_RELATIVE':
    case 'RATIO':
    case 'RATIO_INVERSE':
      return {};
    case 'FULL_MINUS':
    case 'COUNT_STEP':
      return { step: printDecimal(formula.step) };
    case 'PENALTY_STEP':
      return { step: printDecimal(formula.step), cap: printDecimal(formula.cap) };
    case 'TIER':
      return {
        bands: formula.bands.map(({ atLeast, points }) => {
          return { atLeast: printDecimal(atLeast), points: printDecimal(points) };
        }),
      };
    case 'LEVEL':
      return { levels: formula.levels.map(({ label, points }) => ({ label, points: printDecimal(points) })) };
    case 'RANK_POINTS':
      return { points: formula.points.map(printDecimal) };
  }
}

function printEntry({ scorer, input }: Entry): { scorer: string | null; input: PrintedInput } {
  return { scorer, input: printInput(input) };
}

function printInput(input: Input): PrintedInput {
  const { kind, ...inputs } = input;
  const printed = Object.entries(inputs).map(([key, value]: [string, Exact | string | boolean | null]) => {
    return [key, typeof value === 'object' && value !== null ? printDecimal(value) : value];
  });
  const isAssigned = kind === 'notAssigned' ? { assigned: false } : {};
  return { ...isAssigned, ...(Object.fromEntries(printed) as PrintedInput) };
}

function printComparison(comparison: Comparison, input: Input, unit: number): PrintedComparison {
  const { highestExcess, highestUnassigned } = comparison;
  if (input.kind === 'notAssigned') {
    return highestUnassigned === null || input.actual === null
      ? {}
      : { highestUnassigned: printDecimal(highestUnassigned) };
  }
  const rank = comparison.ranks?.[unit] ?? null;
  return {
    ...(highestExcess === null ? {} : { highestExcess: printDecimal(highestExcess) }),
    ...(rank === null ? {} : { rank }),
  };
}
