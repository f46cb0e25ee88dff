import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table movements (
      id uuid primary key references workflow_instances (id),
      title text not null,
      kind text not null check (kind in ('thematic', 'regular')),
      plan_number text not null,
      plan_date date not null,
      issuer text not null,
      theme text not null,
      goal text not null,
      period_from integer not null,
      period_to integer not null,
      standing_agency_id uuid not null references units (id),
      focal_agency_id uuid not null references units (id),
      check (period_to >= period_from)
    );

    create table movement_targets (
      id uuid primary key,
      movement_id uuid not null references movements (id),
      ordinal integer not null,
      indicator text not null,
      place text not null,
      measure text not null,
      direction text not null check (direction in ('increase', 'decrease')),
      low numeric not null,
      high numeric not null,
      source text not null,
      check (high >= low),
      unique (movement_id, ordinal)
    );

    create table movement_contents (
      movement_id uuid not null references movements (id),
      ordinal integer not null,
      text text not null,
      groups text[] not null,
      primary key (movement_id, ordinal)
    );

    create table registrations (
      id uuid primary key references workflow_instances (id),
      movement_id uuid not null references movements (id),
      unit_id uuid not null references units (id),
      year integer not null,
      pledge text not null,
      targets jsonb not null,
      award_codes text[] not null
    );
    create index registrations_by_unit on registrations (unit_id, year);
    create index registrations_by_movement on registrations (movement_id, year);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table registrations, movement_contents, movement_targets, movements');
}
