import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table files (
      id uuid primary key,
      sha256 text not null,
      content_type text not null,
      size bigint not null check (size > 0),
      name text not null,
      uploaded_by uuid not null references accounts (id),
      uploaded_at timestamptz not null
    );
    create index files_by_uploader on files (uploaded_by);

    create table nominations (
      id uuid primary key references workflow_instances (id),
      award_code text not null,
      pack_id uuid not null references rule_packs (id),
      unit_id uuid not null references units (id),
      cluster_id uuid references clusters (id),
      movement_id uuid references movements (id),
      year integer not null,
      subject_type text not null check (subject_type in ('individual', 'collective', 'household', 'enterprise')),
      subject_name text not null,
      subject_position text,
      achievement text not null,
      received_on date
    );
    create index nominations_by_unit on nominations (unit_id, year);

    create table nomination_documents (
      id uuid primary key,
      nomination_id uuid not null references nominations (id),
      component text not null,
      file_id uuid not null references files (id),
      version integer not null,
      added_by uuid not null references accounts (id),
      added_at timestamptz not null,
      unique (nomination_id, component, version)
    );
    create index nomination_documents_by_file on nomination_documents (file_id);

    create table cluster_votes (
      nomination_id uuid not null references nominations (id),
      unit_id uuid not null references units (id),
      choice text not null check (choice in ('yes', 'no', 'abstain')),
      reason text,
      account_id uuid not null references accounts (id),
      cast_at timestamptz not null,
      primary key (nomination_id, unit_id)
    );

    create table cluster_vote_results (
      nomination_id uuid primary key references nominations (id),
      yes integer not null,
      base integer not null,
      needed integer not null,
      passed boolean not null,
      closed_at timestamptz not null
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table cluster_vote_results, cluster_votes, nomination_documents, nominations, files');
}
