import type { Knex } from 'knex';

/** A unit with its position in a cluster on one day. */
export interface ClusterSeatRow {
  cluster_id: string;
  unit_id: string;
  position: 'lead' | 'deputy' | 'member';
}

/** The members of these clusters on `today`, each with its position, in order of unit code. */
export async function clusterSeats(
  db: Knex,
  clusterIds: readonly string[],
  today: string,
): Promise<ClusterSeatRow[]> {
  if (clusterIds.length === 0) return [];
  const { rows } = await db.raw<{ rows: ClusterSeatRow[] }>(
    `select m.cluster_id, m.unit_id, coalesce(t.position, 'member') as position
       from cluster_members m
       join units u on u.id = m.unit_id
       left join cluster_terms t on t.cluster_id = m.cluster_id and t.unit_id = m.unit_id
         and t.valid_from <= :today and (t.valid_to is null or t.valid_to >= :today)
       where m.cluster_id = any(:clusterIds)
         and m.valid_from <= :today and (m.valid_to is null or m.valid_to >= :today)
       order by u.code`,
    { clusterIds, today },
  );
  return rows;
}

/** An office as somebody holds it on one day. */
export interface HolderRow {
  account_id: string;
  role: string;
  unit_id: string | null;
}

/** Who holds offices of these roles on `today`, in order of account. Locked accounts are left out. */
export async function holdersOf(db: Knex, roles: readonly string[], today: string): Promise<HolderRow[]> {
  if (roles.length === 0) return [];
  const { rows } = await db.raw<{ rows: HolderRow[] }>(
    `select distinct o.account_id, o.role, o.unit_id
       from offices o join accounts a on a.id = o.account_id
       where o.role = any(:roles) and a.locked_at is null
         and o.valid_from <= :today and (o.valid_to is null or o.valid_to >= :today)
       order by o.account_id, o.role, o.unit_id`,
    { roles, today },
  );
  return rows;
}
