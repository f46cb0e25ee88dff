import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table council_sessions (
      id uuid primary key references workflow_instances (id),
      title text not null,
      held_on date,
      place text,
      member_ids uuid[] not null
    );

    create table council_cases (
      session_id uuid not null references council_sessions (id),
      nomination_id uuid not null references nominations (id),
      ordinal integer not null,
      sheet_rule jsonb,
      vote_rule jsonb,
      quorum jsonb not null,
      scoring text not null default 'waiting' check (scoring in ('notNeeded', 'waiting', 'open', 'passed', 'failed')),
      scoring_result jsonb,
      ballot text not null default 'waiting' check (ballot in ('notNeeded', 'waiting', 'open', 'passed', 'failed')),
      primary key (session_id, nomination_id)
    );
    create index council_cases_by_nomination on council_cases (nomination_id);

    create table council_presence (
      session_id uuid not null references council_sessions (id),
      member_id uuid not null references offices (id),
      present boolean not null,
      reason text,
      recorded_at timestamptz not null,
      primary key (session_id, member_id)
    );

    create table council_recusals (
      session_id uuid not null,
      nomination_id uuid not null,
      member_id uuid not null references offices (id),
      reason text not null,
      recorded_at timestamptz not null,
      primary key (session_id, nomination_id, member_id),
      foreign key (session_id, nomination_id) references council_cases (session_id, nomination_id)
    );

    -- member_id is null once the scoring of a case with a secret ballot is closed: its sheets are kept without names.
    create table council_sheets (
      id uuid primary key,
      session_id uuid not null,
      nomination_id uuid not null,
      member_id uuid references offices (id),
      points jsonb not null,
      handed_in boolean not null,
      updated_at timestamptz not null,
      unique (session_id, nomination_id, member_id),
      foreign key (session_id, nomination_id) references council_cases (session_id, nomination_id)
    );

    create table ballots (
      id uuid primary key,
      session_id uuid not null,
      nomination_id uuid not null,
      round integer not null,
      method text not null check (method in ('open', 'secret', 'written')),
      rule jsonb not null,
      base integer not null check (base > 0),
      needed integer not null check (needed > 0),
      roll_size integer not null check (roll_size > 0),
      reason text,
      opened_at timestamptz not null,
      closed_at timestamptz,
      yes integer,
      passed boolean,
      chair_order text,
      unique (id, method),
      unique (session_id, nomination_id, round),
      foreign key (session_id, nomination_id) references council_cases (session_id, nomination_id),
      check ((closed_at is null) = (passed is null) and (closed_at is null) = (yes is null))
    );
    create unique index ballots_one_open on ballots (nomination_id) where closed_at is null;

    -- The roll: who may vote, frozen when the ballot opens (stage open) and again when it closes (stage close).
    create table ballot_roll (
      ballot_id uuid not null references ballots (id),
      member_id uuid not null references offices (id),
      stage text not null check (stage in ('open', 'close')),
      primary key (ballot_id, stage, member_id)
    );

    -- Votes of an OPEN ballot. The method column and its key keep a secret ballot from ever landing here.
    create table open_votes (
      ballot_id uuid not null,
      method text not null check (method = 'open'),
      stage text not null check (stage = 'open'),
      member_id uuid not null,
      choice text not null check (choice in ('yes', 'no', 'abstain')),
      cast_at timestamptz not null,
      primary key (ballot_id, member_id),
      foreign key (ballot_id, method) references ballots (id, method),
      foreign key (ballot_id, stage, member_id) references ballot_roll (ballot_id, stage, member_id)
    );

    -- The box of a SECRET ballot: no voter, no order, no time (design.md §5). Nothing writes here yet:
    -- an award with a secret ballot refuses OPEN_BALLOT until blind tokens exist.
    create table ballot_box (
      ballot_id uuid not null references ballots (id),
      receipt uuid not null,
      choice text not null check (choice in ('yes', 'no', 'abstain')),
      primary key (ballot_id, receipt)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table ballot_box, open_votes, ballot_roll, ballots, council_sheets, council_recusals, council_presence,
      council_cases, council_sessions
  `);
}
