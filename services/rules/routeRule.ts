import { z } from 'zod';
import { bilingual, code, fraction, percent, points, source } from './ruleFields.ts';

/** What any vote is measured by. */
const vote = {
  /** Whom the minimum is a share of: everybody with a vote, or only those who are there. */
  base: z.enum(['allMembers', 'present']),
  /** The share of the base that must say yes. An abstention, or silence, is not a yes. */
  minimum: fraction,
  /** The share of all with a vote who must be there (council) or have voted (cluster). */
  quorum: fraction,
  /** `written`: the absent are asked in writing and are on the roll. `notCounted`: they have no vote. */
  absent: z.enum(['written', 'notCounted']),
  ...source,
};

/**
 * The vote of a cluster's member units on a nomination (suy tôn). `ownUnit`: whether the nominated unit votes on
 * itself; excluded, it is not in the base either.
 */
export const clusterVoteRule = z.strictObject({
  // Only open: a member unit's vote is recorded under its name, so nothing here may promise secrecy.
  method: z.literal('open'),
  ownUnit: z.enum(['excluded', 'votes']),
  ...vote,
});
export type ClusterVoteRule = z.infer<typeof clusterVoteRule>;

/**
 * The council's vote on a case. `recusal`: whether a member who steps aside still counts in the base (keepsBase) or
 * leaves it. `rounds`: how often the council may vote on one case.
 */
export const councilVoteRule = z.strictObject({
  method: z.enum(['open', 'secret', 'written']),
  recusal: z.enum(['keepsBase', 'leavesBase']),
  rounds: z.int().min(1).max(9),
  ...vote,
});
export type CouncilVoteRule = z.infer<typeof councilVoteRule>;

/** The part of a rule that pass and quorum are computed from; the same for a cluster and the council. */
export type VotingRule = Pick<CouncilVoteRule, 'minimum' | 'quorum'>;

export const sheetAggregates = ['mean', 'median', 'trimmed-mean'] as const;

/**
 * How the council scores a case. A member gives each criterion 0 to `maxPoints`; per criterion the aggregate over the
 * members who handed in a whole sheet counts; at least `minScorers` of them; the sum must reach `minPercent` of the
 * sum of `maxPoints` exactly.
 */
export const councilSheetRule = z.strictObject({
  criteria: z
    .array(z.strictObject({ code, name: bilingual, maxPoints: points }))
    .min(1)
    .max(50),
  aggregate: z.enum(sheetAggregates),
  minScorers: z.int().min(1).max(1000),
  minPercent: percent,
  ...source,
});
export type CouncilSheetRule = z.infer<typeof councilSheetRule>;

/**
 * The way of an award's cases. Appraisal by the standing agency and a decision belong to every route and are not
 * named. `council` scores (`sheet`), votes (`vote`), or first one and then the other. `higher`: the province only
 * proposes, and this authority decides. `basis` says where the choice of steps comes from; each step has its own.
 */
export const route = z.strictObject({
  clusterVote: clusterVoteRule.nullable(),
  council: z
    .strictObject({ sheet: councilSheetRule.nullable(), vote: councilVoteRule.nullable() })
    .nullable(),
  higher: z.strictObject({ authority: code }).nullable(),
  ...source,
});
export type Route = z.infer<typeof route>;
