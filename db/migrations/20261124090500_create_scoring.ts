import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table criteria_sheets (
      id uuid primary key,
      code text not null,
      version integer not null,
      title text not null,
      provenance text not null,
      content jsonb not null,
      hash text not null,
      published_at timestamptz,
      unique (code, version)
    );

    create table scoring_rounds (
      id uuid primary key references workflow_instances (id),
      title text not null,
      year integer not null,
      cluster_id uuid not null references clusters (id),
      sheet_id uuid not null references criteria_sheets (id),
      movement_id uuid references movements (id),
      assessor_unit_ids uuid[] not null,
      knockouts jsonb not null default '[]'
    );
    create index scoring_rounds_by_assessor on scoring_rounds using gin (assessor_unit_ids);
    create index scoring_rounds_by_cluster on scoring_rounds (cluster_id, year);

    -- One row per sheet (unit x layer x scorer), its cells as one value; each change is a history event of the round.
    -- The verified layer is the standing agency's and names no scorer.
    create table score_sheets (
      id uuid primary key,
      round_id uuid not null references scoring_rounds (id),
      unit_id uuid not null references units (id),
      layer text not null check (layer in ('self', 'cluster', 'department', 'verified')),
      scorer_unit_id uuid references units (id),
      cells jsonb not null,
      handed_in boolean not null default false,
      revision integer not null default 1,
      updated_by uuid not null references accounts (id),
      updated_at timestamptz not null,
      unique nulls not distinct (round_id, unit_id, layer, scorer_unit_id),
      check ((layer = 'verified') = (scorer_unit_id is null)),
      check (layer <> 'self' or scorer_unit_id = unit_id),
      check (layer <> 'cluster' or scorer_unit_id <> unit_id)
    );

    create table round_results (
      id uuid primary key,
      round_id uuid not null references scoring_rounds (id),
      engine text not null,
      inputs jsonb not null,
      result jsonb not null,
      hash text not null,
      computed_at timestamptz not null,
      superseded_at timestamptz,
      superseded_reason text
    );
    create unique index round_results_one_standing on round_results (round_id) where superseded_at is null;

    -- A result is written once; all that may come later is that a reopened round supersedes it.
    create function guard_round_result() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and old.superseded_at is null and new.superseded_at is not null
         and to_jsonb(new) - 'superseded_at' - 'superseded_reason'
           = to_jsonb(old) - 'superseded_at' - 'superseded_reason' then
        return new;
      end if;
      raise exception 'round_results is write-once: % refused', tg_op using errcode = 'restrict_violation';
    end $$;
    create trigger round_results_rows_stay before update or delete on round_results
      for each row execute function guard_round_result();
    create trigger round_results_stays before truncate on round_results
      for each statement execute function guard_round_result();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table round_results, score_sheets, scoring_rounds, criteria_sheets;
    drop function guard_round_result;
  `);
}
