import type { Knex } from 'knex';
import { updateAccount, type AccountRow } from '../../db/accounts.ts';
import { deleteSessionsOf } from '../../db/sessions.ts';
import { revokeTokensOf } from '../../db/tokens.ts';
import type { Clock } from '../ports.ts';
import type { Callers } from './callers.ts';
import { refuseWeak } from './createAccount.ts';
import { keepAnAdministrator } from './keepAnAdministrator.ts';
import { hashPassword } from './passwords.ts';

/** What an administrator changes; what is undefined stays. */
export interface AccountChange {
  displayName?: string | undefined;
  email?: string | undefined;
  password?: string | undefined;
  locked?: boolean | undefined;
}

/**
 * Changes an account. A lock, and a password set by somebody else, end all its sessions and tokens at once.
 * Throws InvalidInput for a weak password, NotAllowedNow where no administrator would be left.
 */
export async function changeAccount(
  trx: Knex.Transaction,
  { clock, callers }: { clock: Clock; callers: Callers },
  account: AccountRow,
  { displayName, email, password, locked }: AccountChange,
): Promise<void> {
  if (password !== undefined) refuseWeak(password, account.username, '/password');
  const now = clock.wall();
  await updateAccount(trx, account.id, {
    ...(displayName !== undefined && { display_name: displayName }),
    ...(email !== undefined && { email }),
    ...(password !== undefined && { password_hash: await hashPassword(password) }),
    ...(locked !== undefined && { locked_at: locked ? (account.locked_at ?? now) : null }),
  });
  if (locked === true || password !== undefined) {
    await deleteSessionsOf(trx, account.id);
    await revokeTokensOf(trx, account.id, now);
  }
  if (locked === true) await keepAnAdministrator(trx, clock.today());
  await callers.forgetAfter(trx);
}
