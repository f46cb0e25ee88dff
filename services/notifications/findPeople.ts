import type { Knex } from 'knex';
import { clusterSeats, holdersOf } from '../../db/audience.ts';
import type { ClusterSeat, Seat } from './audience.ts';

/** Clusters and offices as they are on one day, read with one statement each. */
export interface People {
  cluster(id: string | null): readonly ClusterSeat[];
  /** The accounts that sit on these seats, each once. */
  on(seats: readonly Seat[]): string[];
}

const UNIT_ROLES = ['unitOfficer', 'unitLeader'];

/** Reads the clusters that are asked about, then the holders of the roles that `roles` names and of unit offices. */
export async function findPeople(
  db: Knex,
  today: string,
  { clusterIds, roles }: { clusterIds: readonly string[]; roles: readonly string[] },
): Promise<People> {
  const seats = await clusterSeats(db, [...new Set(clusterIds)], today);
  const holders = await holdersOf(db, [...new Set([...UNIT_ROLES, ...roles])], today);
  const clusters = groupBy(
    seats.map(({ cluster_id, unit_id, position }) => ({ clusterId: cluster_id, unitId: unit_id, position })),
    ({ clusterId }) => clusterId,
  );
  const byRole = groupBy(holders, ({ role }) => role);
  const byUnit = groupBy(holders, ({ role, unit_id }) => `${role} ${unit_id ?? ''}`);
  return {
    cluster: (id) => (id === null ? [] : (clusters.get(id) ?? [])),
    on: (wanted) => {
      const found = wanted.flatMap(({ role, unitId }) =>
        unitId === null ? (byRole.get(role) ?? []) : (byUnit.get(`${role} ${unitId}`) ?? []),
      );
      return [...new Set(found.map(({ account_id }) => account_id))];
    },
  };
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
