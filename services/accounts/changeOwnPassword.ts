import type { Knex } from 'knex';
import { findAccount, updateAccount } from '../../db/accounts.ts';
import { NotFound } from '../../db/errors.ts';
import { deleteSessionsOf } from '../../db/sessions.ts';
import { InvalidInput } from '../errors.ts';
import type { Actor } from './actor.ts';
import type { Callers } from './callers.ts';
import { refuseWeak } from './createAccount.ts';
import type { LogInThrottle } from './logIn.ts';
import { hashPassword, passwordMatches } from './passwords.ts';

export interface PasswordChange {
  current: string;
  next: string;
  /** Where the request came from, for the throttle. */
  address: string;
  /** The session that stays; every other one ends. */
  sessionHash: string | null;
}

/**
 * Gives the actor a new password and ends their other sessions. Wrong current passwords count as failed log-ins:
 * a session that was left open must not be a way to guess. Throws InvalidInput, and LogInRefused while blocked.
 */
export async function changeOwnPassword(
  db: Knex,
  { callers, throttle }: { callers: Callers; throttle: LogInThrottle },
  actor: Actor,
  { current, next, address, sessionHash }: PasswordChange,
): Promise<void> {
  await throttle.check(actor.username, address);
  const account = await findAccount(db, actor.accountId);
  if (account === null) throw new NotFound('account');
  if (!(await passwordMatches(account.password_hash, current))) {
    await throttle.failed(actor.username, address);
    const message = { vi: 'Mật khẩu hiện tại không đúng.', en: 'The current password is wrong.' };
    throw new InvalidInput([{ pointer: '/current', message }]);
  }
  // Again, as in logIn: many guesses at once all pass the first look.
  await throttle.check(actor.username, address);
  refuseWeak(next, actor.username, '/next');
  const hash = await hashPassword(next);
  await db.transaction(async (trx) => {
    await updateAccount(trx, account.id, { password_hash: hash });
    await deleteSessionsOf(trx, account.id, sessionHash);
    await callers.forgetAfter(trx);
  });
}
