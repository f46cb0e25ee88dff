import type { Knex } from 'knex';
import * as createOrganisation from './20261124090000_create_organisation.ts';
import * as createAccounts from './20261124090100_create_accounts.ts';
import * as createRules from './20261124090200_create_rules.ts';
import * as createWorkflow from './20261124090300_create_workflow.ts';
import * as createMovements from './20261124090400_create_movements.ts';
import * as createScoring from './20261124090500_create_scoring.ts';
import * as createNominations from './20261124090600_create_nominations.ts';
import * as createCouncil from './20261124090700_create_council.ts';
import * as createDecisions from './20261124090800_create_decisions.ts';
import * as guardWhatMustNeverBe from './20261124090900_guard_what_must_never_be.ts';
import * as guardTheCouncil from './20261124091000_guard_the_council.ts';
import * as guardDecisions from './20261124091100_guard_decisions.ts';
import * as guardTheGoldenBook from './20261124091200_guard_the_golden_book.ts';
import * as guardTheClusterVote from './20261124091300_guard_the_cluster_vote.ts';

const MIGRATIONS: readonly (readonly [string, Knex.Migration])[] = [
  ['20261124090000_create_organisation', createOrganisation],
  ['20261124090100_create_accounts', createAccounts],
  ['20261124090200_create_rules', createRules],
  ['20261124090300_create_workflow', createWorkflow],
  ['20261124090400_create_movements', createMovements],
  ['20261124090500_create_scoring', createScoring],
  ['20261124090600_create_nominations', createNominations],
  ['20261124090700_create_council', createCouncil],
  ['20261124090800_create_decisions', createDecisions],
  ['20261124090900_guard_what_must_never_be', guardWhatMustNeverBe],
  ['20261124091000_guard_the_council', guardTheCouncil],
  ['20261124091100_guard_decisions', guardDecisions],
  ['20261124091200_guard_the_golden_book', guardTheGoldenBook],
  ['20261124091300_guard_the_cluster_vote', guardTheClusterVote],
];

/** The migrations in order, named without extension: the name is the same under tsx, jest and dist. */
export const migrationSource: Knex.MigrationSource<readonly [string, Knex.Migration]> = {
  getMigrations: () => Promise.resolve([...MIGRATIONS]),
  getMigrationName: ([name]) => name,
  getMigration: ([, migration]) => Promise.resolve(migration),
};

/** Name of the newest migration: `/health/ready` compares it with what the database has. */
export const NEWEST_MIGRATION = MIGRATIONS.at(-1)?.[0] ?? '';
