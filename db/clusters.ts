import type { Knex } from 'knex';
import { Conflict, isRefusal, UNIQUE_VIOLATION } from './errors.ts';
import {
  clustersOn,
  type ClusterRow,
  type ClusterView,
  type MemberRow,
  type TermRow,
} from './organisation.ts';

/** The cluster on that day, or null. */
export async function readCluster(db: Knex, id: string, day: string): Promise<ClusterView | null> {
  return (await clustersOn(db, day)).find((cluster) => cluster.id === id) ?? null;
}

/** Adds a cluster; throws Conflict when the code is taken, also by a cluster that has ended. */
export async function insertCluster(trx: Knex.Transaction, row: ClusterRow): Promise<void> {
  try {
    await trx<ClusterRow>('clusters').insert(row);
  } catch (error) {
    throw isRefusal(error, UNIQUE_VIOLATION, 'clusters_code_key') ? new Conflict('cluster code') : error;
  }
}

/** Locks the cluster until the transaction ends, so that two changes of it wait for each other. */
export async function lockCluster(trx: Knex.Transaction, id: string): Promise<void> {
  await trx<ClusterRow>('clusters').where({ id }).forUpdate();
}

/** The members on `day` of any cluster but this one, among these units. */
export async function membersElsewhere(
  trx: Knex.Transaction,
  clusterId: string,
  unitIds: readonly string[],
  day: string,
): Promise<MemberRow[]> {
  return trx<MemberRow>('cluster_members')
    .whereIn('unit_id', unitIds)
    .whereNot({ cluster_id: clusterId })
    .where('valid_from', '<=', day)
    .whereRaw('(valid_to is null or valid_to >= ?)', [day]);
}

/** From `day` on these units and no others are members. Who leaves was a member until the day before. */
export async function setMembers(
  trx: Knex.Transaction,
  clusterId: string,
  unitIds: readonly string[],
  day: string,
): Promise<void> {
  await trx<MemberRow>('cluster_members')
    .where({ cluster_id: clusterId })
    .whereNotIn('unit_id', unitIds)
    .whereRaw('(valid_to is null or valid_to >= ?)', [day])
    .update({ valid_to: dayBefore(trx, day) });
  await trx.raw(
    `insert into cluster_members (cluster_id, unit_id, valid_from)
       select :clusterId, u.id, :day::date from unnest(:unitIds::uuid[]) as u (id)
         where not exists (select from cluster_members m where m.cluster_id = :clusterId and m.unit_id = u.id
                             and m.valid_from <= :day and (m.valid_to is null or m.valid_to >= :day))
       on conflict (cluster_id, unit_id, valid_from) do update set valid_to = null`,
    { clusterId, day, unitIds },
  );
  await trx<TermRow>('cluster_terms')
    .where({ cluster_id: clusterId })
    .whereNotIn('unit_id', unitIds)
    .whereRaw('(valid_to is null or valid_to >= ?)', [day])
    .update({ valid_to: dayBefore(trx, day) });
}

/** From `day` on this unit holds the position, or nobody does; who held it did until the day before. */
export async function setTerm(
  trx: Knex.Transaction,
  clusterId: string,
  position: TermRow['position'],
  unitId: string | null,
  day: string,
): Promise<void> {
  const running = () =>
    trx<TermRow>('cluster_terms')
      .where({ cluster_id: clusterId, position })
      .whereRaw('(valid_to is null or valid_to >= ?)', [day]);
  const others = running();
  if (unitId !== null) others.whereNot({ unit_id: unitId });
  await others.update({ valid_to: dayBefore(trx, day) });
  if (unitId === null || (await running().first()) !== undefined) return;
  await trx<TermRow>('cluster_terms')
    .insert({ cluster_id: clusterId, unit_id: unitId, position, valid_from: day, valid_to: null })
    .onConflict(['cluster_id', 'unit_id', 'position', 'valid_from'])
    .merge({ valid_to: null });
}

/** Ends the unit's memberships and terms with that day, where they would last longer. */
export async function endMembershipsOf(
  trx: Knex.Transaction,
  unitId: string,
  validTo: string,
): Promise<void> {
  for (const table of ['cluster_members', 'cluster_terms']) {
    await trx<MemberRow>(table)
      .where({ unit_id: unitId })
      .whereRaw('(valid_to is null or valid_to > ?)', [validTo])
      .update({ valid_to: validTo });
  }
}

/** The day before, as PostgreSQL counts it; a membership of that very day then lasted no day at all. */
function dayBefore(trx: Knex.Transaction, day: string): Knex.Raw<string> {
  return trx.raw('?::date - 1', [day]);
}
