import type { Knex } from 'knex';

export interface TokenRow {
  id: string;
  account_id: string;
  name: string;
  secret_hash: string;
  scopes: string[];
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
}

export async function insertToken(trx: Knex.Transaction, row: TokenRow): Promise<void> {
  await trx<TokenRow>('tokens').insert(row);
}

/** A token that is neither revoked nor past its end at `now` (wall clock), or null. */
export async function findToken(db: Knex, secretHash: string, now: Date): Promise<TokenRow | null> {
  const row = await db<TokenRow>('tokens')
    .where({ secret_hash: secretHash })
    .whereNull('revoked_at')
    .where('expires_at', '>', now)
    .first();
  return row ?? null;
}

/** The account's tokens, ended ones among them, newest first, from the one after `cursor` on. */
export async function tokensOf(
  db: Knex,
  accountId: string,
  { limit, cursor }: { limit: number; cursor: string | null },
): Promise<TokenRow[]> {
  const query = db<TokenRow>('tokens').where({ account_id: accountId }).orderBy('id', 'desc').limit(limit);
  if (cursor !== null) query.where('id', '<', cursor);
  return query;
}

/** Ends every token of the account that still runs. */
export async function revokeTokensOf(trx: Knex.Transaction, accountId: string, at: Date): Promise<void> {
  await trx<TokenRow>('tokens')
    .where({ account_id: accountId })
    .whereNull('revoked_at')
    .update({ revoked_at: at });
}

/** Ends a token of this account; false when there is none that still runs. */
export async function revokeToken(
  trx: Knex.Transaction,
  id: string,
  accountId: string,
  at: Date,
): Promise<boolean> {
  const changed = await trx<TokenRow>('tokens')
    .where({ id, account_id: accountId })
    .whereNull('revoked_at')
    .update({ revoked_at: at });
  return changed === 1;
}
