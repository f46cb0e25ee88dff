import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../db/embedded/startEmbeddedPostgres.ts';
import { migrate } from '../../db/migrate.ts';
import { seedTemplate } from './seedTemplate.ts';

/** How tests reach PostgreSQL: who may create databases, and the two roles of the product. */
export interface TestClusterUrls {
  admin: string;
  owner: string;
  app: string;
  template: string;
}

export interface TestCluster {
  urls: TestClusterUrls;
  stop: () => Promise<void>;
}

interface Server {
  admin: string;
  owner: string;
  app: string;
  stop(): Promise<void>;
}

/**
 * PostgreSQL for the tests: the server of TEST_DATABASE_URL (or DATABASE_OWNER_URL, DATABASE_URL) where one is
 * given, else an embedded one. On a given server only databases and roles named sovang_test_* are made and
 * dropped.
 */
export async function prepareTestServer(): Promise<TestCluster> {
  const server = await testServer();
  const template = `sovang_test_template_${process.pid}`;
  await run(server.admin, [`create database ${template} owner ${roleOf(server.owner)}`]);
  const owner = withDatabase(server.owner, template);
  const app = withDatabase(server.app, template);
  await migrate(owner, roleOf(app));
  await seedTemplate(app);
  return {
    urls: { admin: server.admin, owner: server.owner, app: server.app, template },
    stop: async () => {
      await run(server.admin, [`drop database if exists ${template} with (force)`]);
      await server.stop();
    },
  };
}

async function testServer(): Promise<Server> {
  const env = process.env;
  const given = env['TEST_DATABASE_URL'] ?? env['DATABASE_OWNER_URL'] ?? env['DATABASE_URL'];
  return given === undefined ? embeddedServer() : givenServer(given);
}

async function embeddedServer(): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sovang-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDir,
    database: 'sovang',
    durable: false,
    log: () => undefined,
  });
  return {
    admin: postgres.adminUrl,
    owner: postgres.ownerUrl,
    app: postgres.appUrl,
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Two roles of our own on the given server, so that the app's rights are tested as they are in real use. */
async function givenServer(admin: string): Promise<Server> {
  const password = `test-${process.pid}`;
  const owner = `sovang_test_owner_${process.pid}`;
  const app = `sovang_test_app_${process.pid}`;
  await run(admin, [
    `create role ${owner} login password '${password}'`,
    `create role ${app} login password '${password}'`,
    `grant ${owner} to current_user`,
  ]);
  return {
    admin,
    owner: withRole(admin, owner, password),
    app: withRole(admin, app, password),
    stop: () => run(admin, [`drop role ${owner}`, `drop role ${app}`]),
  };
}

/** Runs statements one by one on the admin's connection. */
export async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

function withRole(url: string, role: string, password: string): string {
  const changed = new URL(url);
  changed.username = role;
  changed.password = password;
  return changed.href;
}

export function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}
