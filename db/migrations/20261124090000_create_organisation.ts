import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table units (
      id uuid primary key,
      code text not null unique,
      name text not null,
      kind text not null check (kind in ('province', 'city', 'district', 'commune', 'department', 'organisation', 'enterprise', 'force')),
      parent_id uuid references units (id),
      is_poor_district boolean not null default false,
      valid_from date not null,
      valid_to date,
      succeeded_by uuid references units (id),
      check (valid_to is null or valid_to >= valid_from)
    );

    create table unit_former_names (
      unit_id uuid not null references units (id),
      name text not null,
      valid_to date not null,
      primary key (unit_id, valid_to)
    );

    create table clusters (
      id uuid primary key,
      code text not null unique,
      name text not null,
      kind text not null check (kind in ('cluster', 'bloc')),
      basis text not null,
      valid_from date not null,
      valid_to date
    );

    create table cluster_members (
      cluster_id uuid not null references clusters (id),
      unit_id uuid not null references units (id),
      valid_from date not null,
      valid_to date,
      primary key (cluster_id, unit_id, valid_from)
    );
    create index cluster_members_by_unit on cluster_members (unit_id);

    create table cluster_terms (
      cluster_id uuid not null references clusters (id),
      unit_id uuid not null references units (id),
      position text not null check (position in ('lead', 'deputy')),
      valid_from date not null,
      valid_to date,
      primary key (cluster_id, unit_id, position, valid_from)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table cluster_terms, cluster_members, clusters, unit_former_names, units');
}
