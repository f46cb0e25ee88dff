import type { Knex } from 'knex';
import { insertToken, type TokenRow } from '../../db/tokens.ts';
import { InvalidInput, type InputProblem } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { holds, type Actor, type Role } from './actor.ts';
import { secretHash } from './callers.ts';

/** Every scope that a token can have, with the roles that can ever use it; null: any role. */
export type Scopes = ReadonlyMap<string, readonly Role[] | null>;

export interface NewToken {
  name: string;
  scopes: string[];
  /** Wall clock, RFC 3339. */
  expiresAt: string;
}

/** Says at sight, and to scanners of leaked secrets, what the secret is. */
const PREFIX = 'svt_';

/**
 * Makes a token of the actor; its secret is answered once and stored only as a hash. Throws InvalidInput for a scope
 * that there is not or that is of no use to the actor, and for an end that has passed.
 */
export async function createToken(
  trx: Knex.Transaction,
  { ports, secret: pepper, scopes }: { ports: Ports; secret: string; scopes: Scopes },
  actor: Actor,
  wanted: NewToken,
): Promise<{ row: TokenRow; secret: string }> {
  const now = ports.clock.wall();
  const expires = new Date(wanted.expiresAt);
  const problems = [...scopeProblems(wanted.scopes, scopes, actor), ...endProblems(expires, now)];
  if (problems.length > 0) throw new InvalidInput(problems);
  const secret = `${PREFIX}${ports.randomHex(32)}`;
  const row: TokenRow = {
    id: ports.newId(),
    account_id: actor.accountId,
    name: wanted.name,
    secret_hash: secretHash(pepper, secret),
    scopes: [...new Set(wanted.scopes)],
    created_at: now,
    expires_at: expires,
    revoked_at: null,
  };
  await insertToken(trx, row);
  return { row, secret };
}

function scopeProblems(wanted: readonly string[], scopes: Scopes, actor: Actor): InputProblem[] {
  return wanted.flatMap((scope, index) => {
    const pointer = `/scopes/${index}`;
    const roles = scopes.get(scope);
    if (roles === undefined) {
      return {
        pointer,
        message: { vi: `Không cấp được quyền "${scope}".`, en: `No token gets "${scope}".` },
      };
    }
    if (roles === null || holds(actor, ...roles)) return [];
    return {
      pointer,
      message: { vi: `Bạn không có quyền "${scope}".`, en: `You do not have "${scope}" yourself.` },
    };
  });
}

function endProblems(expires: Date, now: Date): InputProblem[] {
  if (expires > now) return [];
  return [
    { pointer: '/expiresAt', message: { vi: 'Phải sau thời điểm hiện tại.', en: 'Must be in the future.' } },
  ];
}
