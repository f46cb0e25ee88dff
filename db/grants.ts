import type { Knex } from 'knex';

/** Rows of these tables are added by the app and never changed by it. */
const APPEND_ONLY = [
  'workflow_history',
  'history_details',
  'rule_packs',
  'cluster_votes',
  'cluster_vote_results',
  'ballot_roll',
  'open_votes',
  'ballot_box',
  'higher_decisions',
  'awards',
  'award_revocations',
  'award_corrections',
  'unit_former_names',
];

/** Rows of these tables end by a date, and are never taken away: what was done under them must stay explained. */
const NEVER_DELETED = [
  'units',
  'clusters',
  'cluster_members',
  'cluster_terms',
  'accounts',
  'offices',
  'tokens',
];

/** Guards look tables up where the migrations made them: no temporary table of the app's can stand in for one. */
const GUARDS_LOOK_AT_PUBLIC = `
  do $$
  declare
    guard regprocedure;
  begin
    for guard in select oid::regprocedure from pg_proc
      where pronamespace = 'public'::regnamespace and proowner = current_user::regrole
        and (prorettype = 'trigger'::regtype or proname = 'missing_before_decision')
    loop
      execute format('alter function %s set search_path = public, pg_temp', guard);
    end loop;
  end $$`;

/**
 * Gives the app's role what it needs on every table and nothing more: it owns nothing, so it can neither
 * change the schema nor switch triggers off. Run after the migrations, by the owner; may run again.
 */
export async function grantToApp(owner: Knex, appRole: string): Promise<void> {
  await owner.raw('grant usage on schema public to ??', [appRole]);
  await owner.raw('grant select, insert, update, delete on all tables in schema public to ??', [appRole]);
  for (const table of APPEND_ONLY) {
    await owner.raw('revoke update, delete, truncate on ?? from ??', [table, appRole]);
  }
  for (const table of NEVER_DELETED) await owner.raw('revoke delete on ?? from ??', [table, appRole]);
  await owner.raw('revoke update, truncate on decision_items from ??', [appRole]);
  await owner.raw('revoke delete, truncate on decisions from ??', [appRole]);
  await owner.raw('revoke insert, update, delete on ?? from ??', ['knex_migrations', appRole]);
  await owner.raw('revoke insert, update, delete on ?? from ??', ['knex_migrations_lock', appRole]);
  await owner.raw(GUARDS_LOOK_AT_PUBLIC);
}
