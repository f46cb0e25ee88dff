import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { moveClock } from '../../../db/demoClock.ts';
import { clockWithOffset } from '../../../services/ports.ts';
import { openQueue } from '../../../services/worker/queue.ts';
import { relay } from '../../../services/worker/relay.ts';
import type { RunningWorker, WorkerOptions } from '../../../services/worker/startWorker.ts';
import { draftMovement } from '../../support/movements.ts';
import { forgetDeadlines, ledgerOf, openMany } from '../../support/reminders.ts';
import { redisAvailable, startTestRedis, type TestRedis } from '../../support/testRedis.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';
import { startTestWorker } from '../../support/testWorker.ts';
import { waitFor } from '../../support/waitFor.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const supplement = {
  kind: 'supplement',
  owedBy: 'unit',
  owedUnit: 'dakglei',
  openedOn: '2018-03-05',
  dueOn: '2018-03-19',
} as const;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const allSent = () =>
  waitFor('all mail to be sent', async () => {
    const { db } = server.database;
    const unsent = await db('mails')
      .whereIn('status', ['pending', 'sending'])
      .first<{ id: string } | undefined>('id');
    const some = await db('mails').where({ status: 'sent' }).first<{ id: string } | undefined>('id');
    return unsent === undefined && some !== undefined;
  });

(redisAvailable ? describe : describe.skip)('the worker on Redis', () => {
  let redis: TestRedis;
  const workers: RunningWorker[] = [];

  const start = async (options: WorkerOptions = {}): Promise<RunningWorker> => {
    const worker = await startTestWorker(
      server.database,
      { redisUrl: redis.url },
      { redisPrefix: redis.prefix, ...options },
    );
    workers.push(worker);
    return worker;
  };

  beforeAll(async () => {
    redis = await startTestRedis();
  });

  afterAll(() => redis.close());

  beforeEach(async () => {
    await server.database.db('inbox_mails').delete();
    await forgetDeadlines(server.database.db);
  });

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  });

  async function launchMovement(): Promise<number> {
    const id = await draftMovement(server);
    await (await server.as('chutich')).post(`/movements/${id}/events`, { type: 'LAUNCH' });
    const told = await server.database
      .db('offices')
      .whereIn('role', ['unitOfficer', 'unitLeader'])
      .distinct('account_id');
    return told.length;
  }

  test('mails a notice to everybody, once, with two workers', async () => {
    await Promise.all([start(), start()]);
    const told = await launchMovement();
    await waitFor(
      'the outbox to be done',
      async () =>
        (await server.database.db('outbox').whereNull('done_at').first<{ id: string } | undefined>('id')) ===
        undefined,
    );
    await allSent();
    const inbox = await server.database.db('inbox_mails').select<{ recipient: string }[]>('recipient');
    expect(inbox).toHaveLength(told);
    expect(new Set(inbox.map(({ recipient }) => recipient)).size).toBe(told);
  });

  test('flushed, and the worker stopped across a due time: the next start makes each due entry exactly once', async () => {
    const { db } = server.database;
    await moveClock(db, new Date('2018-03-07T01:00:00Z'), new Date());
    const first = await start();
    const ids = await openMany(db, 30, supplement);
    await first.tick();
    workers.splice(0);
    await first.stop();
    await moveClock(db, new Date('2018-03-15T01:00:00Z'), new Date());
    await redis.flush();
    expect(await redis.keys()).toEqual([]);

    await Promise.all([start(), start()]);
    await allSent();
    for (const id of ids) expect(await ledgerOf(db, id)).toEqual(['T-7 superseded', 'T-3 due']);
    const inbox = await db('inbox_mails').select<{ recipient: string; subject: string }[]>(
      'recipient',
      'subject',
    );
    expect(inbox).toEqual([
      {
        recipient: 'dakglei.canbo@kontum.example',
        subject: 'Sổ Vàng nhắc việc ngày 15/03/2018: 30 việc cần làm',
      },
    ]);
  });

  test('flushed with messages on the queue: they are put there again and mailed once', async () => {
    const { db } = server.database;
    const told = await launchMovement();
    const queue = openQueue({ redisUrl: redis.url, databaseUrl: '', prefix: redis.prefix, log: silent });
    const clock = clockWithOffset(() => 0);
    await waitFor('Redis to take the message', () =>
      relay({ db, clock, queue, leaseMs: 30_000 }).then(
        (added) => added === 1,
        () => false,
      ),
    );
    expect((await redis.keys()).length).toBeGreaterThan(0);
    await queue.close(1_000);
    await redis.flush();

    await start({ leaseMs: 500 });
    await waitFor(
      'the outbox to be done',
      async () =>
        (await db('outbox').whereNull('done_at').first<{ id: string } | undefined>('id')) === undefined,
    );
    await allSent();
    expect(await db('inbox_mails').select()).toHaveLength(told);
  });

  test('flushed while it runs: sweeps go on', async () => {
    const worker = await start({ sweepMs: 200 });
    await waitFor('the schedule', async () => (await redis.keys()).some((key) => key.includes('repeat')));
    await redis.flush();
    await waitFor('the schedule again', async () =>
      (await redis.keys()).some((key) => key.includes('repeat')),
    );
    await worker.tick();
  });
});

describe('the worker while Redis cannot be reached', () => {
  test('still keeps the ledger, lets mail wait in PostgreSQL, and stops in time', async () => {
    const { db } = server.database;
    await forgetDeadlines(db);
    await moveClock(db, new Date('2018-03-15T01:00:00Z'), new Date());
    const [id = ''] = await openMany(db, 1, supplement);
    const worker = await startTestWorker(
      server.database,
      { redisUrl: 'redis://127.0.0.1:1' },
      { redisPrefix: 'nowhere', stopMs: 300 },
    );
    await waitFor(
      'the digest',
      async () =>
        (await db('mails').where({ status: 'pending' }).first<{ id: string } | undefined>('id')) !==
        undefined,
    );
    expect(await ledgerOf(db, id)).toEqual(['T-7 superseded', 'T-3 due']);
    await worker.stop();
    expect(await db('mails').select('status', 'attempt')).toEqual([{ status: 'pending', attempt: 0 }]);
  });
});
