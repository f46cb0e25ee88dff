import type { Knex } from 'knex';
import pg from 'pg';

/** What has changed so that other processes must forget what they keep of it. */
export type NoticeTopic = 'accounts' | 'clock' | 'rules';

const CHANNEL = 'so_vang';

/** Tells every process, when the transaction commits, that something changed. */
export async function sendNotice(db: Knex, topic: NoticeTopic): Promise<void> {
  await db.raw('select pg_notify(?, ?)', [CHANNEL, topic]);
}

/** Listens for notices of other processes. */
export interface Notices {
  /** False while the line is down: then nothing kept in memory may be trusted. */
  connected(): boolean;
  on(topic: NoticeTopic, listener: () => void): void;
  close(): Promise<void>;
}

const RETRY_MS = 1_000;

/**
 * Opens a connection of its own that listens. Where it breaks it comes back by itself, and then tells every
 * listener: what was said in between is unknown.
 */
export async function listenForNotices(url: string): Promise<Notices> {
  const listeners = new Map<NoticeTopic, (() => void)[]>();
  let client: pg.Client | null = null;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const tell = (topic: NoticeTopic) => {
    for (const listener of listeners.get(topic) ?? []) listener();
  };
  const lost = () => {
    client = null;
    if (closed) return;
    retry = setTimeout(() => {
      open().catch(lost);
    }, RETRY_MS);
    retry.unref();
  };
  const open = async () => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'so-vang notices' });
    fresh.on('error', () => undefined);
    fresh.on('notification', ({ payload }) => {
      tell(payload as NoticeTopic);
    });
    await fresh.connect();
    await fresh.query(`listen ${CHANNEL}`);
    fresh.once('end', lost);
    client = fresh;
    for (const topic of listeners.keys()) tell(topic);
  };

  await open();
  return {
    connected: () => client !== null,
    on: (topic, listener) => {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
