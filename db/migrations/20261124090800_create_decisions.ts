import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- A name as people type it in a hurry: without diacritics, in small letters. For searching.
    create function plain_text(name text) returns text language sql immutable strict parallel safe as
      $$ select translate(regexp_replace(normalize(lower(name collate "und-x-icu"), nfd), '[\\u0300-\\u036f]', '', 'g'), 'đ', 'd') $$;

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
      check ((signatory is null) = (capacity is null) and (signatory is null) = (signed_by is null)),
      check ((number is null) = (issued_on is null)),
      check (number is null or signatory is not null)
    );
    -- One number however it is spelled: letters of either case, spaces or none.
    create unique index decisions_number_once_a_year
      on decisions (issue_year, lower(regexp_replace(number, '\\s', '', 'g') collate "und-x-icu"));

    create table higher_decisions (
      nomination_id uuid primary key references nominations (id),
      granted boolean not null,
      authority text not null,
      number text not null,
      decided_on date not null,
      reason text,
      recorded_at timestamptz not null
    );

    -- The golden book: the award and its recipient as they were on the day of the decision. A row is never
    -- changed: a revocation or a correction stands beside it. Numbers have no gap within a year.
    create table awards (
      id uuid primary key,
      nomination_id uuid not null unique references nominations (id),
      decision_id uuid references decisions (id),
      award_code text not null,
      award_name jsonb not null,
      pack_id uuid not null references rule_packs (id),
      unit_id uuid not null references units (id),
      subject_type text not null,
      recipient_name text not null,
      year integer not null,
      decided_on date not null,
      decision_number text not null,
      authority text not null,
      book_year integer not null,
      book_number integer not null check (book_number > 0),
      public_code text not null unique,
      recorded_at timestamptz not null,
      unique (book_year, book_number),
      unique (id, nomination_id)
    );
    create index awards_by_unit on awards (unit_id, year);
    create index awards_by_decision on awards (decision_id);

    -- What a decision is about: a case that it awards, or (award_id) an award that it takes back or corrects.
    create table decision_items (
      decision_id uuid not null references decisions (id),
      nomination_id uuid not null references nominations (id),
      ordinal integer not null,
      award_id uuid,
      reason text,
      recipient_name text,
      primary key (decision_id, nomination_id),
      foreign key (award_id, nomination_id) references awards (id, nomination_id),
      check ((award_id is null) = (reason is null)),
      check (recipient_name is null or award_id is not null)
    );
    create index decision_items_by_nomination on decision_items (nomination_id);
    create index decision_items_by_award on decision_items (award_id) where award_id is not null;

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
    drop table book_counters, award_corrections, award_revocations, decision_items, awards, higher_decisions, decisions;
    drop function plain_text;
  `);
}
