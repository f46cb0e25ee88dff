import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeOwnerLock } from '../../../../db/embedded/ownerLock.ts';

let dataDir = '';

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sovang-test-'));
});

afterEach(async () => {
  await rm(dataDir, { recursive: true });
});

test('one owner at a time, and the next once it has let go', async () => {
  const lock = await takeOwnerLock(dataDir);
  await expect(takeOwnerLock(dataDir)).rejects.toMatchObject({ code: 'in-use' });
  await lock.release();
  const next = await takeOwnerLock(dataDir);
  await lock.release();
  expect(await readFile(join(dataDir, 'postgres.lock'), 'utf8')).toContain(`${process.pid} `);
  await next.release();
  expect(await readdir(dataDir)).toEqual([]);
});

test('a lock is taken over when its number belongs to another process by now', async () => {
  await writeFile(join(dataDir, 'postgres.lock'), `${process.pid} token an-earlier-boot 1\n`);
  const lock = await takeOwnerLock(dataDir);
  await lock.release();
});

test('a lock that a crash of the machine left empty is taken over', async () => {
  await writeFile(join(dataDir, 'postgres.lock'), '');
  const lock = await takeOwnerLock(dataDir);
  await lock.release();
});

test('of several that find the same stale lock, one gets it', async () => {
  for (let round = 0; round < 20; round += 1) {
    await writeFile(join(dataDir, 'postgres.lock'), `${process.pid} token an-earlier-boot ${round}\n`);
    const outcomes = await Promise.allSettled([takeOwnerLock(dataDir), takeOwnerLock(dataDir)]);
    const locks = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
    expect(locks).toHaveLength(1);
    await Promise.all(locks.map((lock) => lock.release()));
  }
});
