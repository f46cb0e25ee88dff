import type { Knex } from 'knex';

export interface UnitRow {
  id: string;
  code: string;
  name: string;
  kind: string;
  parent_id: string | null;
  is_poor_district: boolean;
  valid_from: string;
  valid_to: string | null;
  succeeded_by: string | null;
}

export interface ClusterRow {
  id: string;
  code: string;
  name: string;
  kind: 'cluster' | 'bloc';
  basis: string;
  valid_from: string;
  valid_to: string | null;
}

export interface MemberRow {
  cluster_id: string;
  unit_id: string;
  valid_from: string;
  valid_to: string | null;
}

export interface TermRow extends MemberRow {
  position: 'lead' | 'deputy';
}

export async function insertUnits(trx: Knex.Transaction, rows: readonly UnitRow[]): Promise<void> {
  await trx<UnitRow>('units').insert([...rows]);
}

export async function insertClusters(
  trx: Knex.Transaction,
  clusters: readonly ClusterRow[],
  members: readonly MemberRow[],
  terms: readonly TermRow[],
): Promise<void> {
  await trx<ClusterRow>('clusters').insert([...clusters]);
  await trx<MemberRow>('cluster_members').insert([...members]);
  await trx<TermRow>('cluster_terms').insert([...terms]);
}

export async function findUnit(db: Knex, id: string): Promise<UnitRow | null> {
  return (await db<UnitRow>('units').where({ id }).first()) ?? null;
}

/** The cluster or bloc that the unit belongs to on `today`, or null. */
export async function clusterOfUnit(db: Knex, unitId: string, today: string): Promise<string | null> {
  const row = await db<MemberRow>('cluster_members')
    .where({ unit_id: unitId })
    .where('valid_from', '<=', today)
    .whereRaw('(valid_to is null or valid_to >= ?)', [today])
    .first();
  return row?.cluster_id ?? null;
}

/** Units in order of code, valid on `today`. */
export function unitsOn(db: Knex, today: string): Promise<UnitRow[]> {
  return db<UnitRow>('units')
    .where('valid_from', '<=', today)
    .whereRaw('(valid_to is null or valid_to >= ?)', [today])
    .orderBy('code');
}

/** A cluster with its members, lead and deputy on one day. */
export interface ClusterView extends ClusterRow {
  members: { unit_id: string; code: string; name: string; position: 'lead' | 'deputy' | 'member' }[];
}

/** Clusters and blocs valid on `today`, in order of code. */
export async function clustersOn(db: Knex, today: string): Promise<ClusterView[]> {
  const { rows } = await db.raw<{ rows: ClusterView[] }>(
    `select c.*, coalesce((
        select jsonb_agg(jsonb_build_object('unit_id', u.id, 'code', u.code, 'name', u.name,
                                            'position', coalesce(t.position, 'member')) order by u.code)
          from cluster_members m
          join units u on u.id = m.unit_id
          left join cluster_terms t on t.cluster_id = m.cluster_id and t.unit_id = m.unit_id
            and t.valid_from <= :today and (t.valid_to is null or t.valid_to >= :today)
          where m.cluster_id = c.id and m.valid_from <= :today and (m.valid_to is null or m.valid_to >= :today)
       ), '[]') as members
       from clusters c
       where c.valid_from <= :today and (c.valid_to is null or c.valid_to >= :today)
       order by c.code`,
    { today },
  );
  return rows;
}
