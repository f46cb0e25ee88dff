import { aggregatePoints } from '../scoring/aggregatePoints.ts';
import { parseDecimal, printDecimal } from '../scoring/decimalText.ts';
import { compare, divide, multiply, sum, whole, ZERO, type Exact } from '../scoring/exact.ts';
import type { CouncilSheetRule } from './routeRule.ts';

/** A member's points: criterion code → decimal as written. A sheet may be saved before it is whole. */
export type SheetPoints = Readonly<Record<string, string>>;

export interface CouncilSheet {
  handedIn: boolean;
  points: SheetPoints;
}

export interface SheetProblem {
  criterion: string;
  problem: 'unknownCriterion' | 'notANumber' | 'outOfRange';
}

export interface CouncilSheetOutcome {
  /** `tooFewScorers` comes before the score is looked at. */
  status: 'passed' | 'tooFewScorers' | 'belowMinimum';
  /** Members whose whole sheet counted. */
  scorers: number;
  /** The aggregate of each criterion, in the order of the rule; empty while nobody has scored. */
  criteria: { code: string; points: string }[];
  /** Points as decimals; what has no end, such as a third, is written to 12 places but compared exactly. */
  total: string;
  maxPoints: string;
  /** The points that `minPercent` asks for. */
  minimum: string;
}

/** What is wrong with the points of a sheet, whole or not: 0 to the criterion's maxPoints, and no other codes. */
export function checkSheetPoints(rule: CouncilSheetRule, points: SheetPoints): SheetProblem[] {
  return Object.entries(points).flatMap(([criterion, text]): SheetProblem[] => {
    const asked = rule.criteria.find(({ code }) => code === criterion);
    if (asked === undefined) return [{ criterion, problem: 'unknownCriterion' }];
    const value = parseDecimal(text);
    if (typeof value === 'string') return [{ criterion, problem: value }];
    const within = compare(value, ZERO) >= 0 && compare(value, read(asked.maxPoints)) <= 0;
    return within ? [] : [{ criterion, problem: 'outOfRange' }];
  });
}

/** Whether a sheet gives points for every criterion. */
export function isWholeSheet(rule: CouncilSheetRule, points: SheetPoints): boolean {
  return rule.criteria.every(({ code }) => Object.hasOwn(points, code));
}

/**
 * The council's score of a case (contract.md §3): per criterion the rule's aggregate over the whole sheets that were
 * handed in, at least `minScorers` of them, and their sum reaches `minPercent` of the possible points exactly. Leave
 * out recused members' sheets. Throws RangeError for a sheet that checkSheetPoints refuses.
 */
export function councilSheetOutcome(
  rule: CouncilSheetRule,
  sheets: readonly CouncilSheet[],
): CouncilSheetOutcome {
  const counted = sheets.filter(({ handedIn, points }) => handedIn && isWholeSheet(rule, points));
  for (const { points } of counted) requireValid(rule, points);

  const maxPoints = sum(rule.criteria.map((criterion) => read(criterion.maxPoints)));
  const minimum = divide(multiply(maxPoints, read(rule.minPercent)), whole(100));
  const scores =
    counted.length === 0
      ? []
      : rule.criteria.map(({ code }) => ({ code, points: aggregateOf(rule, counted, code) }));
  const total = sum(scores.map(({ points }) => points));

  return {
    status: statusOf(rule, counted.length, compare(total, minimum) >= 0),
    scorers: counted.length,
    criteria: scores.map(({ code, points }) => ({ code, points: printDecimal(points) })),
    total: printDecimal(total),
    maxPoints: printDecimal(maxPoints),
    minimum: printDecimal(minimum),
  };
}

function statusOf(rule: CouncilSheetRule, scorers: number, reached: boolean): CouncilSheetOutcome['status'] {
  if (scorers < rule.minScorers) return 'tooFewScorers';
  return reached ? 'passed' : 'belowMinimum';
}

function aggregateOf(rule: CouncilSheetRule, sheets: readonly CouncilSheet[], code: string): Exact {
  return aggregatePoints(
    sheets.map(({ points }) => read(points[code] ?? '')),
    rule.aggregate,
  );
}

function requireValid(rule: CouncilSheetRule, points: SheetPoints): void {
  const [first] = checkSheetPoints(rule, points);
  if (first !== undefined) throw new RangeError(`council sheet: ${first.criterion} ${first.problem}`);
}

function read(text: string): Exact {
  const value = parseDecimal(text);
  if (typeof value === 'string') throw new RangeError(`${text} is ${value}`);
  return value;
}
