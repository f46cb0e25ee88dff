import { afterAll, describe, expect, test } from '@jest/globals';
import { chmod, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../db/embedded/startEmbeddedPostgres.ts';
import { killHard, processesIn, spawnEmbeddedOwner, untilEmpty } from '../../support/embeddedOwner.ts';

const folders: string[] = [];
const isRoot = process.getuid?.() === 0;
const onLinux = process.platform === 'linux' ? test : test.skip;
const asRootOnLinux = isRoot && process.platform === 'linux' ? test : test.skip;

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sovang-test-'));
  folders.push(folder);
  return folder;
}

function start(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, database: 'sovang', durable: false, log: () => undefined });
}

/** The first column of each row. */
async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows.map((row) => row[0]);
  } finally {
    await client.end();
  }
}

async function serverPid(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

describe('a first start', () => {
  test('makes an owner that is no superuser and an app role that owns nothing', async () => {
    const database = await start(await newFolder());
    try {
      const role =
        "select concat_ws(' ', current_user, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls) from pg_roles where rolname = current_user";
      expect(await ask(database.ownerUrl, role)).toEqual(['sovang_owner f f f f']);
      expect(await ask(database.appUrl, role)).toEqual(['sovang_app f f f f']);
      const owner = 'select pg_get_userbyid(datdba) from pg_database where datname = current_database()';
      expect(await ask(database.appUrl, owner)).toEqual(['sovang_owner']);
      const owned =
        "select 1 from pg_shdepend where refobjid = 'sovang_app'::regrole and deptype = 'o' limit 1";
      expect(await ask(database.adminUrl, owned)).toEqual([]);
      await expect(ask(database.appUrl, 'create table public.mine ()')).rejects.toThrow('permission denied');
      await expect(ask(database.appUrl, 'create schema mine')).rejects.toThrow('permission denied');
      await expect(ask(database.appUrl, 'create temporary table mine ()')).rejects.toThrow('permission');
    } finally {
      await database.stop();
    }
  });

  test('sorts Vietnamese, counts in UTC and listens on loopback only, with passwords', async () => {
    const database = await start(await newFolder());
    try {
      const names =
        "select name from unnest(array['Đinh', 'Dương', 'Đặng', 'Ân', 'An', 'Ánh']) name order by name";
      expect(await ask(database.appUrl, names)).toEqual(['An', 'Ánh', 'Ân', 'Dương', 'Đặng', 'Đinh']);
      const settings = `select name || '=' || setting from pg_settings where name in
        ('TimeZone', 'listen_addresses', 'unix_socket_directories', 'server_encoding', 'fsync') order by name`;
      expect((await ask(database.adminUrl, settings)).sort()).toEqual([
        'TimeZone=UTC',
        'fsync=off',
        'listen_addresses=127.0.0.1',
        'server_encoding=UTF8',
        'unix_socket_directories=',
      ]);
      const wrong = new URL(database.appUrl);
      wrong.password = 'guess';
      await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    } finally {
      await database.stop();
    }
  });
});

describe('a later start', () => {
  onLinux('finds the data and the passwords of the first, and stop() leaves no process', async () => {
    const dataDir = await newFolder();
    const first = await start(dataDir);
    await ask(first.ownerUrl, "create table kept as select 'Bờ Y' as name");
    await first.stop();
    await first.stop();
    await untilEmpty(join(dataDir, 'postgres'));
    const secrets = await stat(join(dataDir, 'postgres-credentials.json'));
    expect(secrets.mode & 0o777).toBe(0o600);

    const second = await start(dataDir);
    expect(await ask(second.ownerUrl, 'select name from kept')).toEqual(['Bờ Y']);
    expect(new URL(second.appUrl).password).toBe(new URL(first.appUrl).password);
    await second.stop();
    await untilEmpty(join(dataDir, 'postgres'));
  });

  onLinux('refuses a data folder whose owner lives, and leaves that owner alone', async () => {
    const dataDir = await newFolder();
    const owner = await spawnEmbeddedOwner(dataDir);
    await expect(start(dataDir)).rejects.toMatchObject({ code: 'in-use' });
    await expect(start(dataDir)).rejects.toThrow(`number ${owner.child.pid ?? 0}`);
    expect(await ask(owner.appUrl, 'select 1')).toEqual([1]);
    await killHard(owner.child);
  });

  onLinux('after kill -9 of node keeps what was committed; the server ended by itself', async () => {
    const dataDir = await newFolder();
    const owner = await spawnEmbeddedOwner(dataDir);
    await ask(owner.ownerUrl, 'create table kept as select generate_series(1, 1000) as n');
    await killHard(owner.child);
    await untilEmpty(join(dataDir, 'postgres'));
    const next = await start(dataDir);
    expect(await ask(next.ownerUrl, 'select count(*)::int from kept')).toEqual([1000]);
    await next.stop();
  });

  onLinux('stops a server that outlived its node and its watcher', async () => {
    const dataDir = await newFolder();
    const owner = await spawnEmbeddedOwner(dataDir);
    await ask(owner.ownerUrl, 'create table kept as select generate_series(1, 1000) as n');
    const server = await serverPid(dataDir);
    for (const pid of await processesIn(join(dataDir, 'postgres'))) {
      const name = await readFile(`/proc/${pid}/comm`, 'utf8');
      if (name.trim() !== 'postgres') process.kill(pid, 'SIGKILL');
    }
    await killHard(owner.child);
    const next = await start(dataDir);
    expect(await serverPid(dataDir)).not.toBe(server);
    expect(await ask(next.ownerUrl, 'select count(*)::int from kept')).toEqual([1000]);
    await next.stop();
    await untilEmpty(join(dataDir, 'postgres'));
  });

  onLinux('recovers after kill -9 of node and of the server', async () => {
    const dataDir = await newFolder();
    const owner = await spawnEmbeddedOwner(dataDir);
    await ask(owner.ownerUrl, 'create table kept as select generate_series(1, 1000) as n');
    process.kill(await serverPid(dataDir), 'SIGKILL');
    await killHard(owner.child);
    const next = await start(dataDir);
    expect(await ask(next.ownerUrl, 'select count(*)::int from kept')).toEqual([1000]);
    await next.stop();
  });
});

asRootOnLinux('as root, all stays in a folder that only root can enter', async () => {
  const closed = await newFolder();
  await chmod(closed, 0o700);
  const dataDir = join(closed, 'clone', '.data');
  await mkdir(join(closed, 'clone'), { mode: 0o700 });
  const database = await start(dataDir);
  await ask(database.ownerUrl, "create table kept as select 'Đăk Glei' as name");
  const server = await stat(`/proc/${await serverPid(dataDir)}`);
  expect(server.uid).not.toBe(0);
  await database.stop();
  const again = await start(dataDir);
  // A new database is a copy of files: the server reaches them too.
  await ask(again.adminUrl, 'create database copied template sovang strategy file_copy');
  const copied = again.ownerUrl.replace('/sovang?', '/copied?');
  expect(await ask(copied, 'select name from kept')).toEqual(['Đăk Glei']);
  await again.stop();
});
