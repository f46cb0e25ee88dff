// The peer of the door: Express, a JSON body, one prepared statement that moves a row, chains a history row and
// queues a message. No session, no roles, no machine, no schema.
import { randomUUID } from 'node:crypto';
import express from 'express';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 });
await pool.query(`
  create table if not exists bare_case (id integer primary key, state text not null, revision integer not null);
  create table if not exists bare_history (
    case_id integer, revision integer, type text, detail jsonb, at timestamptz, primary key (case_id, revision));
  create table if not exists bare_outbox (id uuid primary key, payload jsonb not null, created_at timestamptz not null);
  insert into bare_case select n, 'draft', 1 from generate_series(1, 64) n on conflict do nothing`);

const STEP = {
  name: 'bare-step',
  text: `
    with moved as (
      update bare_case set state = $2, revision = revision + 1 where id = $1 returning id, revision
    ), chained as (
      insert into bare_history select id, revision, $2, $3, $5 from moved
    ), queued as (
      insert into bare_outbox select $4, $3, $5 from moved
    )
    select id, revision from moved`,
};

const app = express();
app.use(express.json());
app.get('/health/ready', (_request, response) => response.json({}));
app.post('/step', async (request, response) => {
  const { id, type, reason } = request.body;
  const values = [id, type, JSON.stringify({ reason }), randomUUID(), new Date()];
  const { rows } = await pool.query({ ...STEP, values });
  response.json(rows[0]);
});
app.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
