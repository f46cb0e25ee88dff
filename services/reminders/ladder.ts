import type { DeadlineRule } from '../rules/rulePack.ts';
import { addWorkingDays, type Calendar } from './workingDays.ts';

/** What the ladder looks at in a deadline: days as YYYY-MM-DD. */
export interface Span {
  opened_on: string;
  due_on: string;
}

/** A reminder step: `T-3` three working days before the due day, `T0`, `T+1`, `E+3:deputy` (an escalation). */
export interface LadderStep {
  name: string;
  day: string;
}

/** Whom a step tells besides those who owe. */
export type Escalation = 'deputy' | 'head';

/**
 * All reminder steps of a deadline in their order, by the rule's working days. Steps that would fall on the day the
 * deadline was opened, or before it, are left out: that day's own notice says it already.
 */
export function ladder({ opened_on, due_on }: Span, rule: DeadlineRule, calendar: Calendar): LadderStep[] {
  const before = rule.remindBefore.map((days) => ({ name: `T-${days}`, offset: -days, rank: 0 }));
  const onDay = rule.remindOnDay ? [{ name: 'T0', offset: 0, rank: 0 }] : [];
  const after = rule.remindAfter.map((days) => ({ name: `T+${days}`, offset: days, rank: 0 }));
  const escalations = rule.escalate.map(({ afterDays, to }) => ({
    name: `E+${afterDays}:${to}`,
    offset: afterDays,
    rank: to === 'deputy' ? 1 : 2,
  }));
  return [...before, ...onDay, ...after, ...escalations]
    .sort((one, other) => one.offset - other.offset || one.rank - other.rank)
    .map(({ name, offset }) => ({ name, day: addWorkingDays(due_on, offset, calendar) }))
    .filter(({ day }) => day > opened_on);
}

/** Of a ladder the steps due by `today`, in order, and the day of the next one (null: there is none). */
export function dueSteps(
  steps: readonly LadderStep[],
  today: string,
): { due: LadderStep[]; nextOn: string | null } {
  return {
    due: steps.filter(({ day }) => day <= today),
    nextOn: steps.find(({ day }) => day > today)?.day ?? null,
  };
}

/** Whom the step of that name tells besides those who owe; null for a plain reminder. */
export function escalationOf(step: string): Escalation | null {
  const [, to] = /^E\+\d+:(deputy|head)$/.exec(step) ?? [];
  return to === 'deputy' || to === 'head' ? to : null;
}
