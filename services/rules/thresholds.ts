import type { VotingRule } from './routeRule.ts';

/**
 * The yes votes that a vote needs: the smallest whole number that reaches the rule's minimum of `base` voters. For
 * 9/10 (Nghị định 91/2017/NĐ-CP Điều 45.8) of thirteen members that is twelve. Throws RangeError unless base is a
 * whole number from 1.
 */
export function neededVotes({ minimum }: Pick<VotingRule, 'minimum'>, base: number): number {
  requireCount('base', base, 1);
  const [num, den] = [BigInt(minimum.num), BigInt(minimum.den)];
  return Number((BigInt(base) * num + den - 1n) / den);
}

/**
 * Whether `yes` of `base` reach the minimum: yes·den ≥ num·base in whole numbers, never a rounded percent. Throws
 * RangeError unless 0 ≤ yes ≤ base and base ≥ 1, in whole numbers.
 */
export function votePasses(
  { minimum }: Pick<VotingRule, 'minimum'>,
  { yes, base }: { yes: number; base: number },
): boolean {
  requireCount('base', base, 1);
  requireCount('yes', yes, 0, base);
  return BigInt(yes) * BigInt(minimum.den) >= BigInt(minimum.num) * BigInt(base);
}

/**
 * Whether `present` of `total` with a vote are a quorum, at equality too. Of nobody there is none. Throws RangeError
 * unless 0 ≤ present ≤ total in whole numbers.
 */
export function quorumMet({ quorum }: Pick<VotingRule, 'quorum'>, present: number, total: number): boolean {
  requireCount('total', total, 0);
  requireCount('present', present, 0, total);
  return total > 0 && BigInt(present) * BigInt(quorum.den) >= BigInt(quorum.num) * BigInt(total);
}

function requireCount(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
}
