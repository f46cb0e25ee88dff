import { createPostgresBackend, Queue, Worker, type PgPool } from 'bullmq';
import pg from 'pg';
import { QUEUE, TAKING, type Backend } from './backend.ts';

/** BullMQ in the schema `bullmq` of our own database, which prepareQueue has made. */
export function postgresBackend(databaseUrl: string, onError: (error: Error) => void): Backend {
  // Of these the worker keeps one to listen on; the others are for short statements.
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    options: '-c search_path=bullmq',
    application_name: 'so-vang queue',
    keepAlive: true,
    max: 5,
  });
  pool.on('error', onError);
  // BullMQ leaves a client without a listener while it starts: a lost database would end the process.
  pool.on('connect', (client) => {
    client.on('error', onError);
  });
  // pg's own types ask for mutable parameters where BullMQ's promise not to change them.
  const connection = pool as unknown as PgPool;
  return {
    producer: new Queue(QUEUE, { connection }, createPostgresBackend),
    reachable: () => true,
    take: (process) => new Worker(QUEUE, process, { connection, ...TAKING }, createPostgresBackend),
    close: () => pool.end(),
  };
}
