import type { Knex } from 'knex';
import { findAccountByUsername } from '../../db/accounts.ts';
import { insertSession } from '../../db/sessions.ts';
import type { Clock, RandomHex } from '../ports.ts';
import { secretHash } from './callers.ts';
import { hashPassword, passwordMatches } from './passwords.ts';

/** The log-in was refused; `code` says why as far as the caller may know. */
export class LogInRefused extends Error {
  override readonly name = 'LogInRefused';
  readonly code: 'wrong-credentials' | 'account-locked' | 'too-many-attempts';
  constructor(code: LogInRefused['code']) {
    super(code);
    this.code = code;
  }
}

/** Counts failed log-ins of a name and an address. */
export interface LogInThrottle {
  /** Throws LogInRefused `too-many-attempts` while the name or the address is blocked. */
  check(username: string, address: string): Promise<void>;
  failed(username: string, address: string): Promise<void>;
  succeeded(username: string, address: string): Promise<void>;
}

export interface LogInDeps {
  db: Knex;
  clock: Clock;
  randomHex: RandomHex;
  throttle: LogInThrottle;
  /** Under which session secrets are hashed. */
  secret: string;
}

export const SESSION_HOURS = 12;

/** Verified when the name is unknown, so that the answer takes as long as for a known one. */
const hashOfNobody = hashPassword('nobody logs in with this');

/**
 * Opens a session for 12 hours of wall-clock time; answers its secret, which is stored only as a hash.
 * Throws LogInRefused.
 */
export async function logIn(
  deps: LogInDeps,
  attempt: { username: string; password: string; address: string },
): Promise<{ secret: string; accountId: string }> {
  const { username, password, address } = attempt;
  await deps.throttle.check(username, address);
  const account = await findAccountByUsername(deps.db, username);
  const right = await passwordMatches(account?.password_hash ?? (await hashOfNobody), password);
  if (account === null || !right) {
    await deps.throttle.failed(username, address);
    throw new LogInRefused('wrong-credentials');
  }
  // Again: many guesses at once all pass the first look, before any of them has failed.
  await deps.throttle.check(username, address);
  if (account.locked_at !== null) throw new LogInRefused('account-locked');
  await deps.throttle.succeeded(username, address);
  const secret = deps.randomHex(32);
  const now = deps.clock.wall();
  await insertSession(deps.db, {
    secret_hash: secretHash(deps.secret, secret),
    account_id: account.id,
    created_at: now,
    expires_at: new Date(now.getTime() + SESSION_HOURS * 3_600_000),
  });
  return { secret, accountId: account.id };
}
