import type { Knex } from 'knex';
import { json } from './connect.ts';
import { NotFound } from './errors.ts';
import type { HistoryEntry } from './workflowSteps.ts';

/** A workflow instance as stored: where a case stands. */
export interface InstanceRow {
  id: string;
  workflow: string;
  version: number;
  state: string;
  revision: number;
  finished: boolean;
  snapshot: unknown;
  head_hash: string;
  unit_id: string | null;
  cluster_id: string | null;
  created_at: Date;
  updated_at: Date;
}

/**
 * Locks these instances until the transaction ends, in order of id, so that two transactions over the same
 * cases wait for each other instead of dying. Throws NotFound when one does not exist.
 */
export async function lockInstances(trx: Knex.Transaction, ids: readonly string[]): Promise<void> {
  const known = await lockKnownInstances(trx, ids);
  if (known.length !== new Set(ids).size) throw new NotFound('workflow instance');
}

/** Locks those of these instances that exist, in order of id; answers their ids. */
export async function lockKnownInstances(trx: Knex.Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await trx<{ id: string }>('workflow_instances')
    .select('id')
    .whereRaw('id = any(?::uuid[])', [[...ids]])
    .orderBy('id')
    .forUpdate();
  return rows.map(({ id }) => id);
}

/**
 * Some of the cases of a workflow: those of these units, of these clusters, whose sheet these units score, in
 * these states; null: all.
 */
export interface CaseWindow {
  unitIds: readonly string[] | null;
  clusterIds: readonly string[] | null;
  assessorIds: readonly string[] | null;
  states: readonly string[] | null;
}

export interface Page {
  limit: number;
  /** The last id of the page before, or null for the first page. */
  cursor: string | null;
}

/** Narrows a list of cases; null does not narrow. */
export interface CaseFilter {
  states: readonly string[] | null;
  unitId: string | null;
  clusterId: string | null;
}

/** One page of instance ids of a workflow, newest first (ids are UUIDv7), seen through any of the windows. */
export async function pageOfInstances(
  db: Knex,
  workflow: string,
  windows: readonly CaseWindow[],
  filter: CaseFilter,
  page: Page,
): Promise<string[]> {
  if (windows.length === 0) return [];
  const query = db('workflow_instances as i').where('i.workflow', workflow);
  if (page.cursor !== null) query.where('i.id', '<', page.cursor);
  if (filter.states !== null) query.whereIn('i.state', filter.states);
  if (filter.unitId !== null) query.where('i.unit_id', filter.unitId);
  if (filter.clusterId !== null) query.where('i.cluster_id', filter.clusterId);
  query.where((either) => {
    for (const window of windows) {
      either.orWhere((all) => {
        all.whereRaw('true');
        if (window.unitIds !== null) all.whereIn('i.unit_id', window.unitIds);
        if (window.clusterIds !== null) all.whereIn('i.cluster_id', window.clusterIds);
        if (window.assessorIds !== null) {
          const scored = 'select id from scoring_rounds where assessor_unit_ids && ?::uuid[]';
          all.whereRaw(`i.id in (${scored})`, [[...window.assessorIds]]);
        }
        if (window.states !== null) all.whereIn('i.state', window.states);
      });
    }
  });
  const rows = await query.select<{ id: string }[]>('i.id').orderBy('i.id', 'desc').limit(page.limit);
  return rows.map(({ id }) => id);
}

/** Locks one instance until the transaction ends. Throws NotFound. */
export async function lockInstance(trx: Knex.Transaction, id: string): Promise<InstanceRow> {
  const row = await trx<InstanceRow>('workflow_instances').where({ id }).forUpdate().first();
  if (row === undefined) throw new NotFound('workflow instance');
  return row;
}

/** Inserts a new instance together with its first history event. */
export async function insertInstance(
  trx: Knex.Transaction,
  row: InstanceRow,
  entry: HistoryEntry,
): Promise<void> {
  await trx('workflow_instances').insert({ ...row, snapshot: json(row.snapshot) });
  await insertEntry(trx, entry);
}

/** Adds a history event that leaves the state as it is; the instance must be locked at the revision before. */
export async function saveFact(trx: Knex.Transaction, entry: HistoryEntry): Promise<void> {
  await trx('workflow_instances')
    .where({ id: entry.instance_id })
    .update({ revision: entry.revision, head_hash: entry.hash, updated_at: entry.at });
  await insertEntry(trx, entry);
}

async function insertEntry(trx: Knex.Transaction, { salt, detail, ...linked }: HistoryEntry): Promise<void> {
  await trx('workflow_history').insert(linked);
  await trx('history_details').insert({
    instance_id: linked.instance_id,
    revision: linked.revision,
    salt,
    detail: json(detail),
  });
}
