import type { Knex } from 'knex';
import { Conflict, isRefusal, UNIQUE_VIOLATION } from './errors.ts';
import type { UnitRow } from './organisation.ts';

/** A name that a unit had until that day, which included. */
export interface FormerNameRow {
  unit_id: string;
  name: string;
  valid_to: string;
}

export interface UnitView extends UnitRow {
  former_names: { name: string; valid_to: string }[];
}

/** One page of the units valid on `day`, in order of code, from the one after the unit `cursor` on. */
export async function pageOfUnits(
  db: Knex,
  { day, kind }: { day: string; kind: string | null },
  { limit, cursor }: { limit: number; cursor: string | null },
): Promise<UnitRow[]> {
  const query = db<UnitRow>('units')
    .where('valid_from', '<=', day)
    .whereRaw('(valid_to is null or valid_to >= ?)', [day])
    .orderBy('code')
    .limit(limit);
  if (kind !== null) query.where({ kind });
  if (cursor !== null) query.whereRaw('code > (select code from units where id = ?)', [cursor]);
  return query;
}

export async function readUnit(db: Knex, id: string): Promise<UnitView | null> {
  const { rows } = await db.raw<{ rows: UnitView[] }>(
    `select u.*, coalesce((
         select jsonb_agg(jsonb_build_object('name', f.name, 'valid_to', f.valid_to) order by f.valid_to)
           from unit_former_names f where f.unit_id = u.id
       ), '[]') as former_names
       from units u where u.id = ?`,
    [id],
  );
  return rows[0] ?? null;
}

/** Locks units in order of id until the transaction ends; answers those that exist. */
export async function lockUnits(trx: Knex.Transaction, ids: readonly string[]): Promise<UnitRow[]> {
  return trx<UnitRow>('units').whereIn('id', ids).orderBy('id').forUpdate();
}

/** Adds a unit; throws Conflict when the code is taken, also by a unit that has ended. */
export async function insertUnit(trx: Knex.Transaction, row: UnitRow): Promise<void> {
  try {
    await trx<UnitRow>('units').insert(row);
  } catch (error) {
    throw isRefusal(error, UNIQUE_VIOLATION, 'units_code_key') ? new Conflict('unit code') : error;
  }
}

export async function updateUnit(
  trx: Knex.Transaction,
  id: string,
  changes: Partial<Pick<UnitRow, 'name' | 'is_poor_district' | 'valid_to' | 'succeeded_by'>>,
): Promise<void> {
  await trx<UnitRow>('units').where({ id }).update(changes);
}

/** Keeps the name that the unit had; the first one of a day, since a second was in use for hours only. */
export async function keepFormerName(trx: Knex.Transaction, row: FormerNameRow): Promise<void> {
  await trx<FormerNameRow>('unit_former_names').insert(row).onConflict(['unit_id', 'valid_to']).ignore();
}
