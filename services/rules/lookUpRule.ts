import type { DeadlineKind } from '../../workflows/effects.ts';
import type { AwardRule, DeadlineRule, RulePack } from './rulePack.ts';

/** The rule of an award by its code; null when the pack does not offer it. */
export function awardRule(pack: Pick<RulePack, 'awards'>, code: string): AwardRule | null {
  return pack.awards.find((award) => award.code === code) ?? null;
}

/** The rule of a deadline. A pack that was read has one for each kind: a missing one is a fault, and throws. */
export function deadlineRule(pack: Pick<RulePack, 'code' | 'deadlines'>, kind: DeadlineKind): DeadlineRule {
  const rule = pack.deadlines.find((one) => one.kind === kind);
  if (rule === undefined) throw new Error(`rule pack ${pack.code} has no deadline ${kind}`);
  return rule;
}
