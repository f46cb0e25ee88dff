import knex, { type Knex } from 'knex';
import pg from 'pg';

// node-pg would make a `date` the local midnight of a JS Date: the day before, east of UTC.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** A named statement with $1 placeholders, planned once per connection. */
export interface Statement {
  name: string;
  text: string;
  values: readonly unknown[];
}

interface RawConnection {
  query(statement: Statement): Promise<{ rows: unknown[] }>;
}

interface RawClient {
  acquireConnection(): Promise<RawConnection>;
  releaseConnection(connection: RawConnection): Promise<void>;
}

/** Knex would write to stdout, which belongs to commands; whoever asks is told by the rejection. */
const QUIET = {
  warn: () => undefined,
  error: () => undefined,
  deprecate: () => undefined,
  debug: () => undefined,
};

/** Opens a pool to PostgreSQL at `url`; the caller ends it with `destroy()`. */
export function connect(url: string, options: { poolSize?: number } = {}): Knex {
  return knex({
    client: 'pg',
    connection: { connectionString: url, application_name: 'so-vang' },
    pool: { min: 0, max: options.poolSize ?? 10 },
    compileSqlOnError: false,
    log: QUIET,
  });
}

/**
 * Runs a named, prepared statement on the handle's own connection (a transaction's, where `db` is one).
 * For hot paths: knex's builder costs several times as much (DECISIONS.md 4 has the figures).
 */
export async function prepared<Row>(db: Knex, statement: Statement): Promise<Row[]> {
  const client = db.client as RawClient;
  const connection = await client.acquireConnection();
  try {
    const result = await connection.query(statement);
    return result.rows as Row[];
  } finally {
    await client.releaseConnection(connection);
  }
}

/** A value for a jsonb column: arrays and objects must reach pg as text. */
export function json(value: unknown): string {
  return JSON.stringify(value);
}
