import pg from 'pg';
import type { Credentials } from './credentials.ts';

export const SUPERUSER = 'postgres';
export const OWNER_ROLE = 'sovang_owner';
export const APP_ROLE = 'sovang_app';

/**
 * Makes what is missing of the two roles and the database, over the superuser's `adminUrl`: the owner owns
 * the database and is no superuser, the app's role owns nothing. Safe to repeat, so a first start that was
 * cut off halfway is finished by the next.
 */
export async function ensureRoles(
  adminUrl: string,
  database: string,
  credentials: Credentials,
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  // A connection that breaks also rejects its query; without a listener it would end node.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const name = client.escapeIdentifier(database);
    if (!(await hasRole(client, OWNER_ROLE))) await makeRole(client, OWNER_ROLE, credentials.owner);
    if (!(await hasRole(client, APP_ROLE))) await makeRole(client, APP_ROLE, credentials.app);
    if (!(await hasDatabase(client, database))) {
      await client.query(`create database ${name} owner ${OWNER_ROLE}`);
    }
    await client.query(
      `revoke all on database ${name} from public; grant connect on database ${name} to ${APP_ROLE}`,
    );
  } finally {
    await client.end();
  }
}

async function hasRole(client: pg.Client, role: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  return rowCount === 1;
}

async function hasDatabase(client: pg.Client, database: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
  return rowCount === 1;
}

async function makeRole(client: pg.Client, role: string, password: string): Promise<void> {
  await client.query(
    `create role ${role} login nosuperuser nocreatedb nocreaterole password ${client.escapeLiteral(password)}`,
  );
}
