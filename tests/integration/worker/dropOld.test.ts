import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDiskStorage } from '../../../services/files/diskStorage.ts';
import { newId, randomHex } from '../../../services/ports.ts';
import { dropOld } from '../../../services/worker/dropOld.ts';
import { createTestDatabase, type TestDatabase } from '../../support/testDatabase.ts';
import { startTestWorker } from '../../support/testWorker.ts';
import { waitFor } from '../../support/waitFor.ts';

const WALL = new Date('2026-11-24T08:00:00Z');
const before = (ms: number) => new Date(WALL.getTime() - ms);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let database: TestDatabase;
let folder: string;
let incoming: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'sovang-test-files-'));
  incoming = join(folder, 'files', 'incoming');
});

afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** Receipts, sessions, failed log-ins and uploads: of each one that is out of date by `now` and one that is not. */
async function leave(now: Date): Promise<void> {
  const { db } = database;
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const { id } = await db('accounts').first<{ id: string }>('id');
  const receipt = { caller_id: id, route: 'POST /movements', body_hash: 'x' };
  await db('receipts').insert([
    { ...receipt, key: 'old', created_at: ago(7 * DAY + 1) },
    { ...receipt, key: 'new', created_at: ago(7 * DAY - HOUR) },
  ]);
  const session = { account_id: id, created_at: ago(DAY) };
  await db('sessions').insert([
    { ...session, secret_hash: 'old', expires_at: now },
    { ...session, secret_hash: 'new', expires_at: ago(-HOUR) },
  ]);
  await db('login_attempts').insert([
    { key: 'name:old', points: 3, expire: now.getTime() },
    { key: 'name:new', points: 3, expire: ago(-HOUR).getTime() },
  ]);
  await mkdir(incoming, { recursive: true });
  for (const [name, age] of [
    ['old', DAY + 1_000],
    ['new', DAY - HOUR],
  ] as const) {
    await writeFile(join(incoming, name), 'x');
    await utimes(join(incoming, name), ago(age), ago(age));
  }
}

async function left(): Promise<unknown> {
  const { db } = database;
  return {
    receipts: await db('receipts').pluck('key'),
    sessions: await db('sessions').pluck('secret_hash'),
    loginAttempts: await db('login_attempts').pluck('key'),
    uploads: await readdir(incoming),
  };
}

const NEW_ONES = { receipts: ['new'], sessions: ['new'], loginAttempts: ['name:new'], uploads: ['new'] };

async function forgetAll(): Promise<void> {
  for (const table of ['receipts', 'sessions', 'login_attempts']) await database.db(table).delete();
  await rm(incoming, { recursive: true, force: true });
}

test('drops what is out of date on the wall clock and nothing else, and says so once', async () => {
  await leave(WALL);
  const said: unknown[] = [];
  const note = (data: object, message: string) => said.push({ ...data, message });
  const log = { info: note, warn: note, error: note };
  // Domain time is years away and must not matter.
  const clock = { wall: () => WALL, now: () => before(3_000 * DAY), today: () => '2018-09-07' };
  const deps = {
    db: database.db,
    storage: createDiskStorage(join(folder, 'files'), randomHex),
    ports: { clock, newId, randomHex, log },
  };
  const one = { receipts: 1, sessions: 1, loginAttempts: 1, uploads: 1 };
  expect(await dropOld(deps)).toEqual(one);
  expect(await left()).toEqual(NEW_ONES);
  expect(await dropOld(deps)).toEqual({ receipts: 0, sessions: 0, loginAttempts: 0, uploads: 0 });
  expect(said).toEqual([{ ...one, message: 'dropped what is out of date' }]);
  await forgetAll();
  expect(await dropOld(deps)).toEqual({ receipts: 0, sessions: 0, loginAttempts: 0, uploads: 0 });
});

test('a worker does it when it starts', async () => {
  await leave(new Date());
  const worker = await startTestWorker(database, { dataDir: folder });
  await waitFor('the old ones to be gone', async () => {
    const { uploads } = (await left()) as { uploads: string[] };
    return uploads.length === 1;
  });
  await worker.stop();
  expect(await left()).toEqual(NEW_ONES);
});
