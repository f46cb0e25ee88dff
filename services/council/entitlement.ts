import type { CouncilVoteRule } from '../rules/routeRule.ts';

/** A member of a session, as far as entitlement asks; `present` null: not recorded, so not there. */
export interface Seat {
  id: string;
  present: boolean | null;
}

type Counting = Pick<CouncilVoteRule, 'base' | 'absent' | 'recusal'>;

/** How many members are there. */
export function presentOf(seats: readonly Seat[]): number {
  return seats.filter(isThere).length;
}

/** Who may score a case: those who are there and have not stepped aside. */
export function scorersOf(seats: readonly Seat[], recused: readonly string[]): string[] {
  return seats.filter((seat) => isThere(seat) && !recused.includes(seat.id)).map(({ id }) => id);
}

/**
 * Who may vote on a case: those who are there, and the absent where the rule asks them in writing (Nghị định
 * 91/2017/NĐ-CP Điều 45.8); never a member who has stepped aside.
 */
export function rollOf(rule: Counting, seats: readonly Seat[], recused: readonly string[]): string[] {
  return seats
    .filter((seat) => (isThere(seat) || rule.absent === 'written') && !recused.includes(seat.id))
    .map(({ id }) => id);
}

/**
 * The number that the rule's minimum is a share of: all members, or those who are there; with or without those who
 * stepped aside, as `recusal` says. May be larger than the roll: whoever cannot vote is then no yes.
 */
export function baseOf(rule: Counting, seats: readonly Seat[], recused: readonly string[]): number {
  const counted = rule.base === 'allMembers' ? seats : seats.filter(isThere);
  if (rule.recusal === 'keepsBase') return counted.length;
  return counted.filter(({ id }) => !recused.includes(id)).length;
}

function isThere({ present }: Seat): boolean {
  return present === true;
}
