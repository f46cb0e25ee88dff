import type { Knex } from 'knex';
import { CHECK_VIOLATION, Conflict, isRefusal } from './errors.ts';

/** The vote of one member unit on one nomination; written once. */
export interface ClusterVoteRow {
  nomination_id: string;
  unit_id: string;
  choice: 'yes' | 'no' | 'abstain';
  reason: string | null;
  account_id: string;
  cast_at: Date;
}

/** How the cluster's vote ended: whole numbers, so that anybody can check `yes` against `needed`. */
export interface ClusterVoteResultRow {
  nomination_id: string;
  yes: number;
  base: number;
  needed: number;
  passed: boolean;
  closed_at: Date;
}

/** Throws Conflict where the unit is no member of the cluster any more. */
export async function insertClusterVote(trx: Knex.Transaction, row: ClusterVoteRow): Promise<void> {
  try {
    await trx<ClusterVoteRow>('cluster_votes').insert(row);
  } catch (error) {
    throw asConflict(error, 'cluster_votes_of_members');
  }
}

/** Throws Conflict where the members have changed since the votes were counted. */
export async function insertClusterVoteResult(
  trx: Knex.Transaction,
  row: ClusterVoteResultRow,
): Promise<void> {
  try {
    await trx<ClusterVoteResultRow>('cluster_vote_results').insert(row);
  } catch (error) {
    throw asConflict(error, 'cluster_vote_results_are_counted');
  }
}

function asConflict(error: unknown, constraint: string): unknown {
  return isRefusal(error, CHECK_VIOLATION, constraint) ? new Conflict('members of the cluster') : error;
}
