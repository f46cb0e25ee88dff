import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- One row says whether this database is a demo or a real installation; the other mode refuses it.
    create table installation (
      id integer primary key check (id = 1),
      kind text not null check (kind in ('demo', 'real')),
      made_at timestamptz not null
    );

    -- Domain time of a demo: domain_now was set when the wall clock showed set_at.
    create table demo_clock (
      id integer primary key check (id = 1),
      domain_now timestamptz not null,
      set_at timestamptz not null
    );

    create table rule_packs (
      id uuid primary key,
      code text not null,
      version integer not null,
      valid_from date,
      valid_to date,
      content jsonb not null,
      hash text not null,
      published_at timestamptz not null,
      unique (code, version)
    );

    create table holidays (
      date date primary key,
      name text not null,
      kind text not null check (kind in ('holiday', 'swapWorkday')),
      standing text not null check (standing in ('verified', 'toConfirm'))
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table holidays, rule_packs, demo_clock, installation');
}
