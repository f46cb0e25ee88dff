import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBinaries } from '../../../../db/embedded/findBinaries.ts';
import { startEmbeddedPostgres } from '../../../../db/embedded/startEmbeddedPostgres.ts';

let folder = '';
const onLinux = process.platform === 'linux' ? test : test.skip;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sovang-test-'));
  // Where root's server is to run programs from here, no copy need be made.
  await chmod(folder, 0o755);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function refusal(dataDir: string, options: { port?: number; packageFolder?: string } = {}) {
  const starting = startEmbeddedPostgres({
    dataDir,
    database: 'sovang',
    durable: false,
    log: () => undefined,
    ...options,
  });
  return starting.then(
    () => ({ code: 'started', message: '' }),
    (error: unknown) => error as { code: string; message: string },
  );
}

test('a data folder that cannot be made is named', async () => {
  await writeFile(join(folder, 'file'), '');
  const refused = await refusal(join(folder, 'file', 'data'));
  expect(refused.code).toBe('data-dir-not-writable');
  expect(refused.message).toContain(join(folder, 'file', 'data'));
});

test('data of another major version is left as it is', async () => {
  const dataDir = join(folder, 'old');
  await mkdir(join(dataDir, 'postgres'), { recursive: true });
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
  const refused = await refusal(dataDir);
  expect(refused.code).toBe('other-version');
  expect(refused.message).toContain('PostgreSQL 15');
  expect(await readFile(join(dataDir, 'postgres', 'PG_VERSION'), 'utf8')).toBe('15\n');
});

test('a folder that holds something else is never overwritten', async () => {
  const dataDir = join(folder, 'other');
  await mkdir(join(dataDir, 'postgres'), { recursive: true });
  await writeFile(join(dataDir, 'postgres', 'notes.txt'), 'precious');
  expect((await refusal(dataDir)).code).toBe('not-a-cluster');
  expect(await readFile(join(dataDir, 'postgres', 'notes.txt'), 'utf8')).toBe('precious');
});

test('a platform without binaries is told what to do', async () => {
  const refused = await refusal(join(folder, 'none'), { packageFolder: join(folder, 'nothing') });
  expect(refused.code).toBe('no-binaries');
  expect(refused.message).toContain('DATABASE_URL');
});

onLinux('a machine without glibc is told so', async () => {
  const { folder: native } = await findBinaries();
  const packageFolder = join(folder, 'package');
  await mkdir(join(packageFolder, 'native', 'bin'), { recursive: true });
  await cp(join(dirname(native), 'package.json'), join(packageFolder, 'package.json'));
  await symlink(join(native, 'lib'), join(packageFolder, 'native', 'lib'));
  await symlink(join(native, 'share'), join(packageFolder, 'native', 'share'));
  await cp(join(native, 'bin', 'postgres'), join(packageFolder, 'native', 'bin', 'postgres'));
  // The loader's path in the program's header, made one that does not exist: what musl looks like.
  const program = await readFile(join(native, 'bin', 'initdb'), 'latin1');
  const musl = program.replace(/\/ld-linux/, '/ld-musl.');
  await writeFile(join(packageFolder, 'native', 'bin', 'initdb'), musl, { encoding: 'latin1', mode: 0o755 });
  const refused = await refusal(join(folder, 'musl'), { packageFolder });
  expect(refused.code).toBe('binaries-unusable');
  expect(refused.message).toContain('glibc');
});

test('a port that was asked for and is taken is named', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const refused = await refusal(join(folder, 'port'), { port });
  other.close();
  expect(refused.code).toBe('port-taken');
  expect(refused.message).toContain(String(port));
});
