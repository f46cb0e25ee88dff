import type { Knex } from 'knex';
import { json, prepared } from './connect.ts';

/** One step of one instance, from the revision that was read to the next. */
export interface StepRow {
  id: string;
  from_revision: number;
  state: string;
  finished: boolean;
  snapshot: unknown;
  head_hash: string;
  at: string;
}

/** One link of history with what it says in words. */
export interface HistoryEntry {
  instance_id: string;
  revision: number;
  kind: 'created' | 'event' | 'fact';
  type: string;
  from_state: string | null;
  to_state: string;
  actor_id: string | null;
  office_id: string | null;
  at: string;
  detail_digest: string;
  prev_hash: string;
  hash: string;
  salt: string;
  detail: unknown;
}

export interface OutboxEntry {
  id: string;
  instance_id: string;
  kind: string;
  payload: unknown;
}

export interface OpenedDeadline {
  id: string;
  instance_id: string;
  kind: string;
  owed_by: string;
  owed_unit_id: string | null;
  owed_cluster_id: string | null;
  pack_id: string | null;
  opened_on: string;
  due_on: string;
}

export interface ClosedDeadline {
  instance_id: string;
  kind: string;
  closed_on: string;
}

/** All that the door writes for a set of steps. */
export interface StepsToWrite {
  steps: readonly StepRow[];
  history: readonly HistoryEntry[];
  outbox: readonly OutboxEntry[];
  opened: readonly OpenedDeadline[];
  closed: readonly ClosedDeadline[];
}

/**
 * One statement, so one round trip and one atom: every instance still at the revision that was read moves on
 * (compare-and-set), and its history, messages and deadlines are written with it. An instance that somebody
 * else moved first writes nothing at all: every insert joins `moved`.
 */
const WRITE = `
  with step as (
    select * from jsonb_to_recordset($1::jsonb) as s (
      id uuid, from_revision integer, state text, finished boolean, snapshot jsonb, head_hash text, at timestamptz)
  ), moved as (
    update workflow_instances i
      set state = s.state, revision = s.from_revision + 1, finished = s.finished, snapshot = s.snapshot,
          head_hash = s.head_hash, updated_at = s.at
      from step s
      where s.id = i.id and i.revision = s.from_revision
      returning i.id
  ), entry as (
    select h.* from jsonb_to_recordset($2::jsonb) as h (
      instance_id uuid, revision integer, kind text, type text, from_state text, to_state text, actor_id uuid,
      office_id uuid, at timestamptz, detail_digest text, prev_hash text, hash text, salt text, detail jsonb)
    join moved on moved.id = h.instance_id
  ), chained as (
    insert into workflow_history (instance_id, revision, kind, type, from_state, to_state, actor_id, office_id, at,
                                  detail_digest, prev_hash, hash)
    select instance_id, revision, kind, type, from_state, to_state, actor_id, office_id, at,
           detail_digest, prev_hash, hash from entry
  ), detailed as (
    insert into history_details (instance_id, revision, salt, detail)
    select instance_id, revision, salt, detail from entry
  ), queued as (
    insert into outbox (id, kind, payload, created_at)
    select o.id, o.kind, o.payload, s.at
      from jsonb_to_recordset($3::jsonb) as o (id uuid, instance_id uuid, kind text, payload jsonb)
      join moved on moved.id = o.instance_id
      join step s on s.id = o.instance_id
  ), ended as (
    update deadlines d
      set closed_on = c.closed_on, outcome = case when c.closed_on <= d.due_on then 'met' else 'lapsed' end
      from jsonb_to_recordset($5::jsonb) as c (instance_id uuid, kind text, closed_on date)
      join moved on moved.id = c.instance_id
      where d.instance_id = c.instance_id and d.kind = c.kind and d.closed_on is null
  ), begun as (
    insert into deadlines (id, instance_id, kind, owed_by, owed_unit_id, owed_cluster_id, pack_id, opened_on, due_on)
    select n.id, n.instance_id, n.kind, n.owed_by, n.owed_unit_id, n.owed_cluster_id, n.pack_id, n.opened_on, n.due_on
      from jsonb_to_recordset($4::jsonb) as n (
        id uuid, instance_id uuid, kind text, owed_by text, owed_unit_id uuid, owed_cluster_id uuid, pack_id uuid,
        opened_on date, due_on date)
      join moved on moved.id = n.instance_id
  )
  select id from moved`;

/**
 * Writes the steps; answers which instances moved. Steps that belong together must be written in a transaction
 * that the caller rolls back when some did not move.
 */
export async function writeSteps(db: Knex, rows: StepsToWrite): Promise<Set<string>> {
  const moved = await prepared<{ id: string }>(db, {
    name: 'write-steps',
    text: WRITE,
    values: [json(rows.steps), json(rows.history), json(rows.outbox), json(rows.opened), json(rows.closed)],
  });
  return new Set(moved.map(({ id }) => id));
}
