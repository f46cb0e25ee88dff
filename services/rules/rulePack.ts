import { z } from 'zod';
import { deadlineKinds } from '../../workflows/effects.ts';
import { bilingual, code, day, fraction, source } from './ruleFields.ts';
import { route } from './routeRule.ts';

export const awardLevels = [
  'state',
  'ministry',
  'province',
  'department',
  'district',
  'commune',
  'unit',
  'enterprise',
] as const;
export const subjectTypes = ['individual', 'collective', 'household'] as const;
export type SubjectType = (typeof subjectTypes)[number];

/**
 * An award on offer. `kind`: a title (danh hiệu thi đua) or a form (hình thức khen thưởng). `authority` decides it.
 * `components`: the papers that the submitting unit attaches; opinions of other bodies are asked for later and are no
 * papers of the unit. `basis` and `standing` are about all of this; the route has its own.
 */
export const awardRule = z.strictObject({
  code,
  name: bilingual,
  kind: z.enum(['title', 'form']),
  subjects: z.array(z.enum(subjectTypes)).min(1),
  level: z.enum(awardLevels),
  authority: code,
  route,
  components: z.array(code).min(1),
  ...source,
});
export type AwardRule = z.infer<typeof awardRule>;

const dayCount = z.int().min(1).max(250);

/**
 * How long somebody has for a step, and how they are reminded. All days are working days. `remindBefore`: days before
 * the due day, farthest first; `remindAfter` and `escalate`: days after it, nearest first. An escalation tells the
 * deputy or the head of the body that owes the step.
 */
export const deadlineRule = z.strictObject({
  kind: z.enum(deadlineKinds),
  workingDays: dayCount,
  remindBefore: z.array(dayCount).max(10),
  remindOnDay: z.boolean(),
  remindAfter: z.array(dayCount).max(10),
  escalate: z.array(z.strictObject({ afterDays: dayCount, to: z.enum(['deputy', 'head']) })).max(10),
  ...source,
});
export type DeadlineRule = z.infer<typeof deadlineRule>;

/**
 * A rule pack: the rules of one legal regime for dossiers received from `validFrom` to `validTo`, both days included
 * (null: open). Editing a used pack makes a new `version` of the same `code`. `basis` and `standing` of the pack are
 * about that period. Read packs with `readRulePack`: it also checks what a schema of single fields cannot see.
 */
export const rulePackSchema = z.strictObject({
  format: z.literal('rule-pack/1'),
  code: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'must be small letters, digits and -'),
  version: z.int().min(1),
  title: bilingual,
  /** The name of the legal regime; several packs may belong to one. */
  regime: code,
  validFrom: day.nullable(),
  validTo: day.nullable(),
  ...source,
  /** What a reader of the pack must know before relying on it. */
  notes: z.array(bilingual),
  /** Bonus money cannot be computed from this pack, and why. A later format adds the other status. */
  money: z.strictObject({ status: z.literal('notUsable'), reason: bilingual }),
  /** The share of all council members who must be there for a session to open, whatever it has before it. */
  council: z.strictObject({ quorum: fraction, ...source }),
  authorities: z.array(z.strictObject({ code, name: bilingual })).min(1),
  components: z.array(z.strictObject({ code, name: bilingual })).min(1),
  awards: z.array(awardRule).min(1),
  deadlines: z.array(deadlineRule),
});
export type RulePack = z.infer<typeof rulePackSchema>;
