import type { Knex } from 'knex';
import { Conflict, isRefusal, UNIQUE_VIOLATION } from './errors.ts';

export interface AccountRow {
  id: string;
  username: string;
  display_name: string;
  email: string;
  password_hash: string;
  locked_at: Date | null;
  created_at: Date;
}

/** An account with the offices it holds and how its units stand in clusters, on one day. */
export interface PrincipalRow {
  id: string;
  username: string;
  display_name: string;
  locked: boolean;
  offices: { id: string; role: string; unit_id: string | null; title: string }[];
  ties: { cluster_id: string; unit_id: string; position: 'lead' | 'deputy' | 'member' }[];
}

export async function findAccountByUsername(db: Knex, username: string): Promise<AccountRow | null> {
  return (await db<AccountRow>('accounts').where({ username }).first()) ?? null;
}

/** The address to which the account's mail goes, in small letters; null when it does not exist. */
export async function findEmail(db: Knex, accountId: string): Promise<string | null> {
  const row = await db<AccountRow>('accounts').where({ id: accountId }).first('email');
  return row?.email.toLowerCase() ?? null;
}

/** The account as a caller on `today`; null when it does not exist. */
export async function readPrincipal(
  db: Knex,
  accountId: string,
  today: string,
): Promise<PrincipalRow | null> {
  const { rows } = await db.raw<{ rows: PrincipalRow[] }>(
    `with held as (
       select o.id, o.role, o.unit_id, o.title from offices o
         where o.account_id = :accountId and o.valid_from <= :today and (o.valid_to is null or o.valid_to >= :today)
         order by o.valid_from, o.id
     ), tied as (
       select distinct m.cluster_id, m.unit_id, coalesce(t.position, 'member') as position
         from cluster_members m
         join clusters c on c.id = m.cluster_id and (c.valid_to is null or c.valid_to >= :today)
         left join cluster_terms t on t.cluster_id = m.cluster_id and t.unit_id = m.unit_id
           and t.valid_from <= :today and (t.valid_to is null or t.valid_to >= :today)
         where m.unit_id in (select unit_id from held)
           and m.valid_from <= :today and (m.valid_to is null or m.valid_to >= :today)
     )
     select a.id, a.username, a.display_name, a.locked_at is not null as locked,
            coalesce((select jsonb_agg(to_jsonb(held)) from held), '[]') as offices,
            coalesce((select jsonb_agg(to_jsonb(tied)) from tied), '[]') as ties
       from accounts a where a.id = :accountId`,
    { accountId, today },
  );
  return rows[0] ?? null;
}

export interface OfficeRow {
  id: string;
  account_id: string;
  role: string;
  unit_id: string | null;
  title: string;
  valid_from: string;
  valid_to: string | null;
}

/** An account with every office it holds, has held or will hold. */
export interface AccountView extends AccountRow {
  offices: Omit<OfficeRow, 'account_id'>[];
}

const ACCOUNT_VIEW = `
  select a.*, coalesce((
      select jsonb_agg(to_jsonb(o) - 'account_id' order by o.valid_from, o.id) from offices o where o.account_id = a.id
    ), '[]') as offices
    from accounts a`;

/** One page of accounts in the order in which they were made. */
export async function pageOfAccounts(
  db: Knex,
  { limit, cursor }: { limit: number; cursor: string | null },
): Promise<AccountView[]> {
  const { rows } = await db.raw<{ rows: AccountView[] }>(
    `${ACCOUNT_VIEW} where (:cursor::uuid is null or a.id > :cursor::uuid) order by a.id limit :limit`,
    { cursor, limit },
  );
  return rows;
}

export async function findAccount(db: Knex, id: string): Promise<AccountView | null> {
  const { rows } = await db.raw<{ rows: AccountView[] }>(`${ACCOUNT_VIEW} where a.id = ?`, [id]);
  return rows[0] ?? null;
}

/** Adds an account; throws Conflict when the username is taken. */
export async function insertAccount(trx: Knex.Transaction, row: AccountRow): Promise<void> {
  try {
    await trx<AccountRow>('accounts').insert(row);
  } catch (error) {
    throw isRefusal(error, UNIQUE_VIOLATION, 'accounts_username_key') ? new Conflict('username') : error;
  }
}

/** Changes these columns of an account and no others. */
export async function updateAccount(
  trx: Knex.Transaction,
  id: string,
  changes: Partial<Pick<AccountRow, 'display_name' | 'email' | 'password_hash' | 'locked_at'>>,
): Promise<void> {
  await trx<AccountRow>('accounts').where({ id }).update(changes);
}

export async function insertAccounts(
  trx: Knex.Transaction,
  accounts: readonly AccountRow[],
  offices: readonly OfficeRow[],
): Promise<void> {
  await trx<AccountRow>('accounts').insert([...accounts]);
  await trx<OfficeRow>('offices').insert([...offices]);
}
