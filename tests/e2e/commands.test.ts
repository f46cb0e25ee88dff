import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../../db/embedded/freePort.ts';
import { readProjectFile } from '../support/compose.ts';
import { processesIn, untilEmpty } from '../support/embeddedOwner.ts';
import {
  build,
  killPrograms,
  runProgram,
  startProgram,
  untilReady,
  type Ended,
} from '../support/programs.ts';
import { run } from '../support/testCluster.ts';
import { createEmptyDatabase, createTestDatabase } from '../support/testDatabase.ts';
import { createTestInstallation, type TestInstallation } from '../support/testInstallation.ts';

const BUILD_AND_START_MS = 120_000;
const BUNDLE = fileURLToPath(new URL('../fixtures/score-bundles/every-formula.json', import.meta.url));
const NOT_PREPARED = 'The database is not prepared. Run "npm start" or "npm run migrate" first.\n';

let installation: TestInstallation;

const npm = (script: string, environment: Record<string, string>, ...args: string[]): Promise<Ended> =>
  runProgram(['npm', 'run', '-s', script, ...(args.length > 0 ? ['--', ...args] : [])], environment);

beforeAll(async () => {
  build();
  installation = await createTestInstallation();
}, BUILD_AND_START_MS);

afterAll(async () => {
  await killPrograms();
  await installation.remove();
});

test('every script that README, CONTRIBUTING and the folders’ READMEs name is there', () => {
  const { scripts } = JSON.parse(readProjectFile('package.json')) as { scripts: Record<string, string> };
  const folders = ['workflows', 'db', 'services', 'tests'].map((folder) => `${folder}/README.md`);
  const texts = ['README.md', 'CONTRIBUTING.md', ...folders].map(readProjectFile).join('\n');
  const named = [...texts.matchAll(/(?:^|`|&& )npm (?:run (?:-s )?)?(?<name>[a-z][a-z:]*)/gm)].map(
    ({ groups }) => groups?.['name'] ?? '',
  );
  const missing = named.filter((name) => !(name in scripts) && !['ci', 'run'].includes(name));
  expect([named.length > 10, missing]).toEqual([true, []]);
});

describe('npm run -s score', () => {
  test('gives the result alone on stdout and 0', async () => {
    const scored = await npm('score', {}, BUNDLE);
    expect(scored).toMatchObject({ code: 0, stderr: '' });
    const expected = readFileSync(BUNDLE.replace('.json', '.expected.json'), 'utf8');
    expect(Object.keys(JSON.parse(scored.stdout) as object)).toEqual(
      Object.keys(JSON.parse(expected) as object),
    );
  });

  test('ends with 2 through npm for bad input, with nothing on stdout', async () => {
    const bad = join(installation.folder, 'bad.json');
    await writeFile(bad, '{"format": NaN}');
    for (const args of [[bad], ['/nowhere.json'], []]) {
      const refused = await npm('score', {}, ...args);
      expect([refused.code, refused.stdout]).toEqual([2, '']);
      expect(refused.stderr).not.toBe('');
    }
  });
});

describe('npm run -s audit:verify and npm run -s invariants', () => {
  const dataDir = () => join(installation.folder, 'data');
  const both = async (environment: Record<string, string>): Promise<Ended[]> => [
    await npm('audit:verify', environment),
    await npm('invariants', environment),
  ];

  test('make nothing where nothing is, and say what to do', async () => {
    for (const refused of await both({ DATA_DIR: dataDir() })) {
      expect([refused.code, refused.stdout]).toEqual([1, '']);
      expect(refused.stderr).toContain(NOT_PREPARED);
    }
    expect(existsSync(dataDir())).toBe(false);
  });

  test(
    'work beside a running product, and without one',
    async () => {
      const port = await freePort();
      const environment = { DATA_DIR: dataDir(), PORT: String(port) };
      const product = startProgram(['node', 'dist/services/main.js'], environment);
      await untilReady(product, `http://127.0.0.1:${port}`);
      const beside = await both(environment);
      expect(await product.end('SIGTERM')).toMatchObject({ code: 0 });
      const without = await both(environment);
      for (const [verified, checked] of [beside, without]) {
        expect(verified).toMatchObject({ code: 0, stderr: '' });
        expect(verified?.stdout).toMatch(/^ok: \d+ cases, \d+ events, every hash holds\n$/);
        expect(checked).toMatchObject({ code: 0, stderr: '' });
        expect(checked?.stdout.trim().split('\n')).toHaveLength(
          checked?.stdout.match(/^ok {6}/gm)?.length ?? -1,
        );
      }
      await untilEmpty(join(dataDir(), 'postgres'));
      expect(readdirSync(dataDir())).not.toContain('postgres.lock');
    },
    BUILD_AND_START_MS,
  );

  test('need the database’s address alone, and end with 1 where the record was changed', async () => {
    const database = await createTestDatabase();
    try {
      const environment = { DATABASE_URL: database.appUrl };
      expect((await both(environment)).map(({ code }) => code)).toEqual([0, 0]);
      await run(database.ownerUrl, [
        'alter table workflow_history disable trigger user',
        "update workflow_history set at = at + interval '1 second' where revision = 1",
        'alter table workflow_instances disable trigger user',
        "update workflow_instances set head_hash = 'x'",
      ]);
      const [verified, checked] = await both(environment);
      expect([verified?.code, checked?.code]).toEqual([1, 1]);
      expect(verified?.stdout).toMatch(/^broken: case [0-9a-f-]{36}, event 1: .+\n$/);
      expect(checked?.stdout).toMatch(/^BROKEN {2}case-stands-where-its-history-ends: 1 places, first /m);
    } finally {
      await database.close();
    }
  });
});

test('npm run migrate and npm run admin:create make a real installation with its first administrator', async () => {
  const database = await createEmptyDatabase();
  try {
    const environment = {
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      SESSION_SECRET: 's'.repeat(64),
      DATA_KEY: 'd'.repeat(64),
      SIGNING_KEY_FILE: installation.signingKeyFile,
    };
    const words = ['--username', 'quantri', '--name', 'Người Quản Trị', '--email', 'quantri@kontum.example'];
    const create = (password: string) =>
      npm('admin:create', { ...environment, ADMIN_PASSWORD: password }, ...words);
    expect((await create('Mat-khau-thu-2736')).code).toBe(1);
    expect(await npm('migrate', environment)).toMatchObject({ code: 0, stderr: '' });
    expect((await create('ngan')).code).toBe(1);
    expect(await create('Mat-khau-thu-2736')).toMatchObject({
      code: 0,
      stdout: 'Đã tạo quản trị viên / Made the administrator "quantri".\n',
      stderr: '',
    });
    const again = await create('Mat-khau-thu-2736');
    expect([again.code, again.stdout]).toEqual([1, '']);
    expect(again.stderr).not.toMatch(/^\s+at /m);
    expect(await database.db('offices').pluck('role')).toEqual(['administrator']);
  } finally {
    await database.close();
  }
});

test('nothing of the commands’ PostgreSQL is left', async () => {
  expect(await processesIn(join(installation.folder, 'data', 'postgres'))).toEqual([]);
});
