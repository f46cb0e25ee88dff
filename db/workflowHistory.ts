import type { Knex } from 'knex';

/** One event of a case's history with its words and the names of who did it. */
export interface HistoryRow {
  instance_id: string;
  revision: number;
  kind: 'created' | 'event' | 'fact';
  type: string;
  from_state: string | null;
  to_state: string;
  actor_id: string | null;
  actor_name: string | null;
  office_id: string | null;
  office_title: string | null;
  at: Date;
  detail: unknown;
  hash: string;
}

/** A page of a case's history, oldest first, after revision `after`. */
export function historyOf(
  db: Knex,
  instanceId: string,
  page: { limit: number; after: number },
): Promise<HistoryRow[]> {
  return db('workflow_history as h')
    .leftJoin('history_details as d', { 'd.instance_id': 'h.instance_id', 'd.revision': 'h.revision' })
    .leftJoin('accounts as a', 'a.id', 'h.actor_id')
    .leftJoin('offices as o', 'o.id', 'h.office_id')
    .where('h.instance_id', instanceId)
    .where('h.revision', '>', page.after)
    .orderBy('h.revision')
    .limit(page.limit)
    .select<HistoryRow[]>(
      'h.instance_id',
      'h.revision',
      'h.kind',
      'h.type',
      'h.from_state',
      'h.to_state',
      'h.actor_id',
      'a.display_name as actor_name',
      'h.office_id',
      'o.title as office_title',
      'h.at',
      'd.detail',
      'h.hash',
    );
}
