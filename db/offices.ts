import type { Knex } from 'knex';
import type { OfficeRow } from './accounts.ts';

export async function insertOffice(trx: Knex.Transaction, row: OfficeRow): Promise<void> {
  await trx<OfficeRow>('offices').insert(row);
}

export async function findOffice(db: Knex, id: string): Promise<OfficeRow | null> {
  return (await db<OfficeRow>('offices').where({ id }).first()) ?? null;
}

/** Lets the office end with that day. */
export async function endOffice(trx: Knex.Transaction, id: string, validTo: string): Promise<void> {
  await trx<OfficeRow>('offices').where({ id }).update({ valid_to: validTo });
}

/** Lets every office of the unit end with that day, where it would last longer. */
export async function endOfficesOfUnit(
  trx: Knex.Transaction,
  unitId: string,
  validTo: string,
): Promise<void> {
  await trx<OfficeRow>('offices')
    .where({ unit_id: unitId })
    .whereRaw('(valid_to is null or valid_to > ?)', [validTo])
    .update({ valid_to: validTo });
}

/** True when some unlocked account is an administrator on the day after `day`: nobody may shut the last door. */
export async function hasAdministratorAfter(trx: Knex.Transaction, day: string): Promise<boolean> {
  const row = await trx('offices as o')
    .join('accounts as a', 'a.id', 'o.account_id')
    .where('o.role', 'administrator')
    .whereNull('a.locked_at')
    .whereRaw('o.valid_from <= ?::date + 1 and (o.valid_to is null or o.valid_to > ?::date)', [day, day])
    .first<{ id: string } | undefined>('o.id');
  return row !== undefined;
}
