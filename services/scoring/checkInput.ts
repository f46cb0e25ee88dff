import type { Input } from './entry.ts';
import { ZERO, type Exact } from './exact.ts';
import type { Check } from './problems.ts';
import { isAbsent, readFlag, readNumber, readText, show, type Fields, type Range } from './readFields.ts';
import type { Formula, FormulaName, Role } from './sheet.ts';

const notNegative: Range = { atLeast: ZERO };
const positive: Range = { above: ZERO };

/** What the inputs of a leaf must keep; null where the sheet itself is wrong there and says nothing. */
export interface InputRule {
  readonly formula: FormulaName;
  /** The range of points given directly. */
  readonly points: Range;
  /** The labels of a LEVEL leaf. */
  readonly levels: readonly string[] | null;
  readonly isPenalty: boolean;
}

/** The rule of a leaf; what is wrong with the leaf is null. */
export function inputRule(
  name: FormulaName,
  formula: Formula | null,
  maxPoints: Exact | null,
  role: Role | null,
): InputRule {
  return {
    formula: name,
    points: name === 'DIRECT' ? { atLeast: ZERO, atMost: maxPoints } : notNegative,
    levels: formula?.name === 'LEVEL' ? formula.levels.map(({ label }) => label) : null,
    isPenalty: role === 'penalty',
  };
}

/** Several scorers of one layer may score such a leaf. */
export function isJudged(formula: FormulaName): boolean {
  return formula === 'DIRECT' || formula === 'RANK_POINTS';
}

/**
 * The input that an entry or a stored cell gives for a leaf, or null after reporting. Fields that the formula
 * does not use are ignored.
 */
export function checkInput(rule: InputRule, fields: Fields, check: Check): Input | null {
  if (isAbsent(fields['assigned'])) return readInput(rule, fields, check);
  const assigned = readFlag(fields, 'assigned', check);
  if (assigned !== false) return readInput(rule, fields, check);
  if (rule.isPenalty) {
    check.report(['assigned'], 'a penalty leaf is always assigned');
    return null;
  }
  if (isAbsent(fields['actual'])) return notAssigned;
  const actual = readNumber(fields, 'actual', check, notNegative);
  return actual && { kind: 'notAssigned', actual };
}

const notAssigned: Input = { kind: 'notAssigned', actual: null };

function readInput(rule: InputRule, fields: Fields, check: Check): Input | null {
  switch (rule.formula) {
    case 'YES_NO': {
      const achieved = readFlag(fields, 'achieved', check);
      return achieved === null ? null : { kind: 'achieved', achieved };
    }
    case 'DIRECT':
    case 'RANK_POINTS': {
      const points = readNumber(fields, 'points', check, rule.points);
      return points && { kind: 'points', points };
    }
    case 'LEADER_RELATIVE':
    case 'RATIO':
    case 'RATIO_INVERSE': {
      const target = readNumber(fields, 'target', check, positive);
      const actual = readNumber(fields, 'actual', check, notNegative);
      return target && actual && { kind: 'target', target, actual };
    }
    case 'FULL_MINUS':
    case 'COUNT_STEP':
    case 'PENALTY_STEP': {
      const count = readNumber(fields, 'count', check, notNegative);
      return count && { kind: 'count', count };
    }
    case 'TIER': {
      const value = readNumber(fields, 'value', check);
      return value && { kind: 'value', value };
    }
    case 'LEVEL':
      return readLevel(rule, fields, check);
  }
}

function readLevel(rule: InputRule, fields: Fields, check: Check): Input | null {
  const level = readText(fields, 'level', check);
  if (level === null) return null;
  if (rule.levels === null || rule.levels.includes(level)) return { kind: 'level', level };
  check.report(['level'], `${show(level)} is unknown: one of ${rule.levels.map(show).join(', ')}`);
  return null;
}
