import type { Knex } from 'knex';

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

export async function insertClusterVote(trx: Knex.Transaction, row: ClusterVoteRow): Promise<void> {
  await trx<ClusterVoteRow>('cluster_votes').insert(row);
}

export async function insertClusterVoteResult(
  trx: Knex.Transaction,
  row: ClusterVoteResultRow,
): Promise<void> {
  await trx<ClusterVoteResultRow>('cluster_vote_results').insert(row);
}
