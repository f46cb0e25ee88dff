import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table accounts (
      id uuid primary key,
      username text not null unique,
      display_name text not null,
      email text not null,
      password_hash text not null,
      locked_at timestamptz,
      created_at timestamptz not null
    );

    create table offices (
      id uuid primary key,
      account_id uuid not null references accounts (id),
      role text not null check (role in (
        'unitOfficer', 'unitLeader', 'appraiser', 'agencyHead', 'recordsClerk', 'councilSecretary',
        'councilMember', 'chairman', 'issuingClerk', 'inspector', 'administrator')),
      unit_id uuid references units (id),
      title text not null,
      valid_from date not null,
      valid_to date,
      check ((role in ('unitOfficer', 'unitLeader')) = (unit_id is not null))
    );
    create index offices_by_account on offices (account_id);
    create index offices_by_role on offices (role, unit_id);

    create table sessions (
      secret_hash text primary key,
      account_id uuid not null references accounts (id),
      created_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index sessions_by_account on sessions (account_id);

    create table tokens (
      id uuid primary key,
      account_id uuid not null references accounts (id),
      name text not null,
      secret_hash text not null unique,
      scopes text[] not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      revoked_at timestamptz
    );
    create index tokens_by_account on tokens (account_id);

    -- Columns as rate-limiter-flexible expects them.
    create table login_attempts (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table login_attempts, tokens, sessions, offices, accounts');
}
