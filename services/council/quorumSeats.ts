import { neededVotes } from '../rules/thresholds.ts';
import type { AgendaRules } from './agendaRules.ts';

/**
 * How many of `members` must be there by the strictest of the cases' rules: for 2/3 of thirteen that is nine. Null
 * without cases or members.
 */
export function quorumSeats(
  rules: readonly Pick<AgendaRules, 'quorum' | 'vote'>[],
  members: number,
): number | null {
  if (rules.length === 0 || members === 0) return null;
  const shares = rules.flatMap(({ quorum, vote }) => (vote === null ? [quorum] : [quorum, vote.quorum]));
  return Math.max(...shares.map((minimum) => neededVotes({ minimum }, members)));
}
