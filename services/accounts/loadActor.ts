import type { Knex } from 'knex';
import { readPrincipal } from '../../db/accounts.ts';
import type { Actor, Role } from './actor.ts';

/** The account as a caller on `today`; null when it is unknown or locked. */
export async function loadActor(db: Knex, accountId: string, today: string): Promise<Actor | null> {
  const row = await readPrincipal(db, accountId, today);
  if (row === null || row.locked) return null;
  return {
    accountId: row.id,
    username: row.username,
    displayName: row.display_name,
    offices: row.offices.map(({ id, role, unit_id, title }) => ({
      id,
      role: role as Role,
      unitId: unit_id,
      title,
    })),
    ties: row.ties.map(({ cluster_id, unit_id, position }) => ({
      clusterId: cluster_id,
      unitId: unit_id,
      position,
    })),
    scopes: null,
  };
}
