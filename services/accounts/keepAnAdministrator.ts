import type { Knex } from 'knex';
import { hasAdministratorAfter } from '../../db/offices.ts';
import { NotAllowedNow } from '../errors.ts';

/** Throws NotAllowedNow when the day after `day` finds no administrator who can log in. */
export async function keepAnAdministrator(trx: Knex.Transaction, day: string): Promise<void> {
  if (await hasAdministratorAfter(trx, day)) return;
  throw new NotAllowedNow('conflict', {
    vi: 'Phải còn ít nhất một quản trị viên đăng nhập được.',
    en: 'At least one administrator who can log in must remain.',
  });
}
