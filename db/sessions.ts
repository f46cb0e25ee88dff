import type { Knex } from 'knex';

interface SessionRow {
  secret_hash: string;
  account_id: string;
  created_at: Date;
  expires_at: Date;
}

export async function insertSession(db: Knex, row: SessionRow): Promise<void> {
  await db<SessionRow>('sessions').insert(row);
}

/** The account of a session that has not ended by `now` (wall clock), or null. */
export async function findSession(db: Knex, secretHash: string, now: Date): Promise<SessionRow | null> {
  const row = await db<SessionRow>('sessions')
    .where({ secret_hash: secretHash })
    .where('expires_at', '>', now)
    .first();
  return row ?? null;
}

export async function deleteSession(db: Knex, secretHash: string): Promise<void> {
  await db<SessionRow>('sessions').where({ secret_hash: secretHash }).delete();
}

/** Ends the account's sessions, but for the one whose hash is `except`. */
export async function deleteSessionsOf(
  trx: Knex.Transaction,
  accountId: string,
  except: string | null = null,
): Promise<void> {
  const query = trx<SessionRow>('sessions').where({ account_id: accountId });
  if (except !== null) query.whereNot({ secret_hash: except });
  await query.delete();
}

export function deleteSessionsBefore(db: Knex, now: Date): Promise<number> {
  return db<SessionRow>('sessions').where('expires_at', '<=', now).delete();
}
