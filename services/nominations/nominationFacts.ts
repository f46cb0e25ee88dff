import type { Facts } from '../../workflows/workflow.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Moment } from '../workflow/capability.ts';
import { tallyClusterVote, type ClusterTally } from './clusterVote.ts';
import type { NominationCase } from './nominationCase.ts';

/** What the guards of the nomination workflow ask about this case, for this viewer, on this day; pure. */
export function nominationFacts(row: NominationCase, viewer: Actor, { today }: Moment): Facts {
  const tally = tallyOf(row);
  const documentsComplete = missingComponents(row).length === 0;
  return {
    documentsComplete,
    ruleInForce: isInForce(row, today),
    notYetVoted: votingUnit(row, viewer) !== null,
    clusterVoteClosable:
      tally !== null && (tally.voted === tally.electorate.length || isPast(row.review_due_on, today)),
    clusterVotePassed: tally?.passes ?? false,
    appraisalReady: documentsComplete && (tally === null || row.vote_result?.passed === true),
  };
}

/** Where the cluster's vote on this case stands; null where its award asks for none. */
export function tallyOf(row: NominationCase): ClusterTally | null {
  const rule = row.award.route.clusterVote;
  if (rule === null) return null;
  return tallyClusterVote(rule, row.nomination.unit_id, row.member_unit_ids, row.votes);
}

/** The required components that no document is there for, in the order of the rule. */
export function missingComponents({ award, documents }: NominationCase): string[] {
  return award.components.filter((code) => !documents.some(({ component }) => component === code));
}

/** The unit for which the viewer would vote now: one of theirs with a vote that it has not cast; null: none. */
export function votingUnit(row: NominationCase, viewer: Actor): string | null {
  const electorate = tallyOf(row)?.electorate ?? [];
  const open = (unitId: string | null) =>
    unitId !== null && electorate.includes(unitId) && !row.votes.some(({ unit_id }) => unit_id === unitId);
  return viewer.offices.find(({ unitId }) => open(unitId))?.unitId ?? null;
}

function isInForce({ pack: { validFrom, validTo } }: NominationCase, today: string): boolean {
  return (validFrom === null || validFrom <= today) && (validTo === null || today <= validTo);
}

/** The due day itself still counts. */
function isPast(dueOn: string | null, today: string): boolean {
  return dueOn !== null && dueOn < today;
}
