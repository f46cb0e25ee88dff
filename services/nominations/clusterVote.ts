import type { ClusterVoteRule } from '../rules/routeRule.ts';
import { neededVotes, quorumMet, votePasses } from '../rules/thresholds.ts';

export interface MemberVote {
  unit_id: string;
  choice: 'yes' | 'no' | 'abstain';
}

export interface ChoiceCounts {
  yes: number;
  no: number;
  abstain: number;
}

/** Where a cluster's vote stands, in whole numbers. */
export interface ClusterTally extends ChoiceCounts {
  /** The units with a vote, in order of code. */
  electorate: readonly string[];
  /** How many of the electorate have voted. */
  voted: number;
  /** What the minimum is a share of: the whole electorate, or those who have voted. */
  base: number;
  /** The yes votes that the rule asks for of that base; null while the base is nobody. */
  needed: number | null;
  /** How many must have voted for the vote to count. */
  quorum: number | null;
  /** The minimum and the quorum are both reached. Silence is never a yes. */
  passes: boolean;
}

/**
 * Counts a cluster's vote on a nomination of `ownUnitId` by the award's rule. Votes of units that have no vote
 * (any more) are left out. With nobody to vote nothing passes.
 */
export function tallyClusterVote(
  rule: ClusterVoteRule,
  ownUnitId: string,
  memberUnitIds: readonly string[],
  votes: readonly MemberVote[],
): ClusterTally {
  const electorate =
    rule.ownUnit === 'excluded' ? memberUnitIds.filter((id) => id !== ownUnitId) : memberUnitIds;
  const counted = votes.filter(({ unit_id }) => electorate.includes(unit_id));
  const choices = countChoices(counted);
  const voted = counted.length;
  const base = rule.base === 'allMembers' ? electorate.length : voted;
  return {
    ...choices,
    electorate,
    voted,
    base,
    needed: base === 0 ? null : neededVotes(rule, base),
    quorum: electorate.length === 0 ? null : neededVotes({ minimum: rule.quorum }, electorate.length),
    passes:
      base > 0 && votePasses(rule, { yes: choices.yes, base }) && quorumMet(rule, voted, electorate.length),
  };
}

/** How often each choice was made. */
export function countChoices(votes: readonly Pick<MemberVote, 'choice'>[]): ChoiceCounts {
  const count = (choice: MemberVote['choice']) => votes.filter((vote) => vote.choice === choice).length;
  return { yes: count('yes'), no: count('no'), abstain: count('abstain') };
}
