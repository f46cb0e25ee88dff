import { join } from 'node:path';
import type { Knex } from 'knex';
import { connect } from '../../db/connect.ts';
import { lookAtAll } from '../../db/deadlines.ts';
import { listenForNotices, type Notices } from '../../db/notices.ts';
import type { Config } from '../config.ts';
import { createDemoClock } from '../demoClock.ts';
import { createDiskStorage } from '../files/diskStorage.ts';
import { startInbox, type Inbox } from '../notifications/inbox.ts';
import { createMailer } from '../notifications/mailer.ts';
import { clockWithOffset, newId, randomHex, type Clock, type Log } from '../ports.ts';
import { makeDigests } from '../reminders/makeDigests.ts';
import { sweepDeadlines } from '../reminders/sweepDeadlines.ts';
import { createRulebook } from '../rules/rulebook.ts';
import { createDoorbell } from './doorbell.ts';
import { dropOld } from './dropOld.ts';
import { perform } from './perform.ts';
import { openQueue } from './queue.ts';
import { relay } from './relay.ts';

export type WorkerConfig = Pick<Config, 'demo' | 'redisUrl' | 'smtpUrl' | 'publicUrl' | 'dataDir'>;

/** What tests turn; each has a sensible default. */
export interface WorkerOptions {
  /** In front of every key in Redis. Default: `so-vang`. */
  redisPrefix?: string;
  /** How often the relay looks for new rows. Default: 500 ms. */
  pollMs?: number;
  /** After how long a row that is not done is put on the queue again. Default: 30 s. */
  leaseMs?: number;
  /** How often deadlines are swept. Default: 60 s. */
  sweepMs?: number;
  /** How long a stop waits for jobs under way. Default: 5 s. */
  stopMs?: number;
}

export interface RunningWorker {
  /** Does at once what a sweep does: ledger, digests, and everything that waits onto the queue. */
  tick(): Promise<void>;
  /** Where the built-in inbox listens; null where SMTP_URL is set. */
  inboxUrl: string | null;
  stop: () => Promise<void>;
}

const POOL_SIZE = 8;
const OWN_SWEEP_EVERY = 5;
const DROP_OLD_EVERY_MS = 3_600_000;

/**
 * Starts the worker over a prepared database: sweeps deadlines, writes and sends mails, takes jobs. It has its own
 * connections and needs no API beside it; several workers may run at once.
 */
export async function startWorker(
  config: WorkerConfig,
  databaseUrl: string,
  log: Log,
  options: WorkerOptions = {},
): Promise<RunningWorker> {
  const {
    redisPrefix = 'so-vang',
    pollMs = 500,
    leaseMs = 30_000,
    sweepMs = 60_000,
    stopMs = 5_000,
  } = options;
  const { publicUrl } = config;
  const db = connect(databaseUrl, { poolSize: POOL_SIZE });
  const notices = await listenForNotices(databaseUrl);
  const clock = await clockFor(config, db, notices);
  const ports = { clock, newId, randomHex, log };
  const rulebook = await createRulebook(db, notices);
  const inbox = config.smtpUrl === null ? await startInbox(db, ports) : null;
  const mailer = createMailer({ smtpUrl: config.smtpUrl ?? smtpUrlOf(inbox), from: senderOf(publicUrl) });
  const queue = openQueue({ redisUrl: config.redisUrl, databaseUrl, prefix: redisPrefix, log });

  const complain = (what: string) => (error: unknown) => {
    log.error({ err: error }, what);
  };
  // A poll and not a NOTIFY by the door: PostgreSQL lets one committing transaction at a time notify, and the door's
  // commits are many. Finding nothing costs two index look-ups.
  const doorbell = createDoorbell(
    pollMs,
    () => relay({ db, clock, queue, leaseMs }),
    complain('the relay failed; rows wait'),
  );
  const ring = () => {
    doorbell.ring();
  };
  const tick = async () => {
    await sweepDeadlines({ db, ports, rulebook });
    await makeDigests({ db, ports, publicUrl });
    ring();
  };
  queue.work((job) => perform({ db, ports, mailer, publicUrl, rulebook, tick, ring }, job));
  const schedule = createDoorbell(
    sweepMs,
    () => queue.scheduleSweep(sweepMs),
    complain('cannot schedule the sweep'),
  );

  const storage = createDiskStorage(join(config.dataDir, 'files'), randomHex);
  const dropping = createDoorbell(
    DROP_OLD_EVERY_MS,
    () => dropOld({ db, ports, storage }),
    complain('cannot drop what is out of date'),
  );

  // What came due, or changed, while no worker was there.
  await lookAtAll(db);
  // The queue's scheduler makes the sweeps; here are those that do not wait for it, also while it is away.
  const sweeps = createDoorbell(
    OWN_SWEEP_EVERY * sweepMs,
    () => clock.refresh().then(tick),
    complain('a sweep failed; the next one does its work'),
  );
  notices.on('clock', sweeps.ring);
  notices.on('rules', () => {
    rulebook
      .refresh()
      .then(() => lookAtAll(db))
      .then(sweeps.ring)
      .catch(complain('cannot look at all deadlines again'));
  });

  return {
    tick,
    inboxUrl: inbox?.smtpUrl ?? null,
    stop: async () => {
      await Promise.all([sweeps, schedule, doorbell, dropping].map((each) => each.stop()));
      await notices.close();
      await queue.close(stopMs);
      mailer.close();
      await inbox?.close();
      await db.destroy();
    },
  };
}

function clockFor(
  { demo }: WorkerConfig,
  db: Knex,
  notices: Notices,
): Promise<Clock & { refresh(): Promise<void> }> {
  if (demo) return createDemoClock(db, notices);
  return Promise.resolve({ ...clockWithOffset(() => 0), refresh: () => Promise.resolve() });
}

function smtpUrlOf(inbox: Inbox | null): string {
  if (inbox === null) throw new Error('no mail server');
  return inbox.smtpUrl;
}

function senderOf(publicUrl: string): { name: string; address: string } {
  return { name: 'Sổ Vàng', address: `so-vang@${new URL(publicUrl).hostname}` };
}
