import type { Knex } from 'knex';
import { insertAccount } from '../../db/accounts.ts';
import { Conflict } from '../../db/errors.ts';
import { InvalidInput, NotAllowedNow } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { passwordProblem } from './passwordProblem.ts';
import { hashPassword } from './passwords.ts';

export interface NewAccount {
  username: string;
  displayName: string;
  email: string;
  password: string;
}

/**
 * Makes an account without any office; answers its id. Throws InvalidInput for a weak password, NotAllowedNow where
 * the username is taken: names of accounts that were are never given away again.
 */
export async function createAccount(
  trx: Knex.Transaction,
  { newId, clock }: Pick<Ports, 'newId' | 'clock'>,
  { username, displayName, email, password }: NewAccount,
): Promise<string> {
  refuseWeak(password, username, '/password');
  const id = newId();
  try {
    await insertAccount(trx, {
      id,
      username,
      display_name: displayName,
      email,
      password_hash: await hashPassword(password),
      locked_at: null,
      created_at: clock.wall(),
    });
  } catch (error) {
    throw error instanceof Conflict ? taken(username) : error;
  }
  return id;
}

/** Throws InvalidInput at `pointer` for a new password that is too weak for this name. */
export function refuseWeak(password: string, username: string, pointer: string): void {
  const message = passwordProblem(password, username);
  if (message !== null) throw new InvalidInput([{ pointer, message }]);
}

function taken(username: string): NotAllowedNow {
  return new NotAllowedNow('conflict', {
    vi: `Tên đăng nhập "${username}" đã có người dùng.`,
    en: `The username "${username}" is taken.`,
  });
}
