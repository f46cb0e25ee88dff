import type { Knex } from 'knex';

/** One link of a case's chain with the words it vouches for; `salt` and `detail` are null where they were erased. */
export interface ChainRow {
  instance_id: string;
  revision: number;
  kind: 'created' | 'event' | 'fact';
  type: string;
  from_state: string | null;
  to_state: string;
  actor_id: string | null;
  office_id: string | null;
  at: Date;
  detail_digest: string;
  prev_hash: string;
  hash: string;
  salt: string | null;
  detail: unknown;
}

/** Where the case itself says its chain ends. */
export interface ChainHead {
  id: string;
  revision: number;
  state: string;
  head_hash: string;
}

/** The next `limit` cases after `after` in order of id; null starts at the first. */
export function nextChainHeads(db: Knex, after: string | null, limit: number): Promise<ChainHead[]> {
  const query = db<ChainHead>('workflow_instances')
    .select('id', 'revision', 'state', 'head_hash')
    .orderBy('id')
    .limit(limit);
  return after === null ? query : query.where('id', '>', after);
}

/** The chains of these cases, each in order of revision. */
export function readChains(db: Knex, ids: readonly string[]): Promise<ChainRow[]> {
  return db('workflow_history as h')
    .leftJoin('history_details as d', { 'd.instance_id': 'h.instance_id', 'd.revision': 'h.revision' })
    .whereIn('h.instance_id', ids)
    .orderBy(['h.instance_id', 'h.revision'])
    .select<ChainRow[]>('h.*', 'd.salt', 'd.detail');
}
