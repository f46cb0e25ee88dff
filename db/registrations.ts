import type { Knex } from 'knex';
import { json } from './connect.ts';

/** What a unit promises for one indicator; `value` is a decimal as written, in `measure`. */
export interface PledgedTarget {
  indicator: string;
  value: string;
  measure: string;
}

/** A unit's registration for one year of a movement, with the awards it aims at. */
export interface RegistrationRow {
  id: string;
  movement_id: string;
  unit_id: string;
  year: number;
  pledge: string;
  targets: PledgedTarget[];
  award_codes: string[];
}

export type RegistrationPlace = Pick<RegistrationRow, 'movement_id' | 'unit_id' | 'year'>;

/**
 * Keeps the place of one registration (movement × unit × year) to this transaction until it ends; another one
 * for the same place waits. Answers the id of the registration that stands there already, or null.
 */
export async function claimRegistrationPlace(
  trx: Knex.Transaction,
  place: RegistrationPlace,
): Promise<string | null> {
  const key = `registration/${place.movement_id}/${place.unit_id}/${place.year}`;
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [key]);
  const standing = await trx('registrations as r')
    .join('workflow_instances as i', 'i.id', 'r.id')
    .where({ 'r.movement_id': place.movement_id, 'r.unit_id': place.unit_id, 'r.year': place.year })
    .whereNot('i.state', 'withdrawn')
    .first<{ id: string } | undefined>('r.id');
  return standing?.id ?? null;
}

export async function insertRegistration(trx: Knex.Transaction, row: RegistrationRow): Promise<void> {
  await trx('registrations').insert({ ...row, targets: json(row.targets) });
}

export type RegistrationWords = Pick<RegistrationRow, 'pledge' | 'targets' | 'award_codes'>;

/** Changes what a registration says; its movement, unit and year stay. */
export async function updateRegistration(
  trx: Knex.Transaction,
  id: string,
  words: RegistrationWords,
): Promise<void> {
  await trx('registrations')
    .where({ id })
    .update({ ...words, targets: json(words.targets) });
}
