import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table decisions (
      id uuid primary key references workflow_instances (id),
      kind text not null check (kind in ('award', 'revocation', 'correction')),
      title text not null,
      year integer not null,
      signatory text,
      capacity text,
      signed_by uuid references accounts (id),
      number text,
      issued_on date,
      issue_year integer generated always as (extract(year from issued_on)::integer) stored,
      check ((number is null) = (issued_on is null))
    );
    create unique index decisions_number_once_a_year on decisions (issue_year, number);

    create table higher_decisions (
      nomination_id uuid primary key references nominations (id),
      granted boolean not null,
      authority text not null,
      number text not null,
      decided_on date not null,
      reason text,
      recorded_at timestamptz not null
    );

    -- The golden book. A row is never changed: a revocation stands beside it.
    create table awards (
      id uuid primary key,
      nomination_id uuid not null unique references nominations (id),
      decision_id uuid references decisions (id),
      award_code text not null,
      pack_id uuid not null references rule_packs (id),
      unit_id uuid not null references units (id),
      subject_type text not null,
      recipient_name text not null,
      year integer not null,
      decided_on date not null,
      decision_number text not null,
      authority text not null,
      book_year integer not null,
      book_number integer not null,
      public_code text not null unique,
      recorded_at timestamptz not null,
      unique (book_year, book_number)
    );
    create index awards_by_unit on awards (unit_id, year);
    create index awards_by_decision on awards (decision_id);

    create table decision_items (
      decision_id uuid not null references decisions (id),
      nomination_id uuid not null references nominations (id),
      ordinal integer not null,
      award_id uuid references awards (id),
      reason text,
      primary key (decision_id, nomination_id)
    );
    create index decision_items_by_nomination on decision_items (nomination_id);

    create table award_revocations (
      award_id uuid primary key references awards (id),
      decision_id uuid not null references decisions (id),
      reason text not null,
      recorded_at timestamptz not null
    );

    create table award_corrections (
      award_id uuid not null references awards (id),
      decision_id uuid not null references decisions (id),
      recipient_name text not null,
      reason text not null,
      recorded_at timestamptz not null,
      primary key (award_id, decision_id)
    );

    create table book_counters (
      year integer primary key,
      last_number integer not null
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table book_counters, award_corrections, award_revocations, decision_items, awards, higher_decisions, decisions
  `);
}
