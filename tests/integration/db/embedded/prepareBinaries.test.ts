import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { copyBinaries } from '../../../../db/embedded/copyBinaries.ts';
import { findBinaries } from '../../../../db/embedded/findBinaries.ts';
import { hasLibraryLinks } from '../../../../db/embedded/libraryLinks.ts';
import { prepareBinaries } from '../../../../db/embedded/prepareBinaries.ts';
import { startEmbeddedPostgres } from '../../../../db/embedded/startEmbeddedPostgres.ts';

const run = promisify(execFile);
const asRoot = process.getuid?.() === 0 ? test : test.skip;
let folder = '';
let packageFolder = '';
let native = '';

/** What `npm ci --ignore-scripts` leaves: the package without a single link. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sovang-test-'));
  packageFolder = join(folder, 'package');
  const installed = await findBinaries();
  await cp(dirname(installed.folder), packageFolder, {
    recursive: true,
    filter: async (source) => !(await lstat(source)).isSymbolicLink(),
  });
  native = join(packageFolder, 'native');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('links that no install script made are made', async () => {
  expect(await hasLibraryLinks(native)).toBe(false);
  const ready = await prepareBinaries(native, null, join(folder, 'private'));
  expect(ready).toBe(native);
  expect(await hasLibraryLinks(ready)).toBe(true);
  const { stdout } = await run(join(ready, 'bin', 'postgres'), ['--version']);
  expect(stdout).toContain('(PostgreSQL) 18.');
});

test('a copy runs, is readable for all whatever the umask and the source say, and is used again', async () => {
  const cache = join(folder, 'cache');
  await chmod(join(native, 'bin', 'postgres'), 0o700);
  const umask = process.umask(0o077);
  const copy = await copyBinaries(native, cache);
  process.umask(umask);
  await chmod(join(native, 'bin', 'postgres'), 0o755);

  const { stdout } = await run(join(copy, 'bin', 'postgres'), ['--version']);
  expect(stdout).toContain('(PostgreSQL) 18.');
  expect(await rightsWithin(cache)).toEqual(['644', '755', '777']);
  expect(await copyBinaries(native, cache)).toBe(copy);
  expect(await readdir(cache)).toHaveLength(1);
});

asRoot('as root, binaries below a closed folder are run from a copy', async () => {
  // mkdtemp made `folder` 0700.
  const database = await startEmbeddedPostgres({
    dataDir: join(folder, 'data'),
    database: 'sovang',
    durable: false,
    log: () => undefined,
    packageFolder,
  });
  await database.stop();
  expect(database.appUrl).toContain('sovang_app');
});

/** The different rights found (777 is what Linux says of links), sorted. */
async function rightsWithin(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true });
  const rights = await Promise.all(
    entries.map(async (entry) => ((await lstat(join(path, entry))).mode & 0o777).toString(8)),
  );
  return [...new Set(rights)].sort();
}
