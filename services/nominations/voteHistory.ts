import type { Actor } from '../accounts/actor.ts';
import type { HistoryWords } from '../workflow/capability.ts';
import type { NominationCase } from './nominationCase.ts';
import { seesVoters } from './presentNomination.ts';

/**
 * True unless the event is a vote whose choice this viewer may not read: history says no more than the case does
 * (a voter reads their own; the lead and the agency read all once the review is closed).
 */
export function readsVote(row: NominationCase, entry: HistoryWords, viewer: Actor): boolean {
  if (entry.type !== 'CAST_CLUSTER_VOTE' || entry.actor_id === viewer.accountId) return true;
  return row.vote_result !== null && seesVoters(row, viewer);
}

/** True unless the event is a vote and this viewer may not read whose. */
export function readsVoter(row: NominationCase, entry: HistoryWords, viewer: Actor): boolean {
  if (entry.type !== 'CAST_CLUSTER_VOTE' || entry.actor_id === viewer.accountId) return true;
  return seesVoters(row, viewer);
}
