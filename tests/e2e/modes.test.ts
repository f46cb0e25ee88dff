import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build, killPrograms, runProgram, startProgram, untilReady } from '../support/programs.ts';
import { freePort } from '../../db/embedded/freePort.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/testDatabase.ts';
import { createTestInstallation, type TestInstallation } from '../support/testInstallation.ts';

const PREPARE = ['node', 'dist/services/process/prepare.main.js'];
const API = ['node', 'dist/services/api/main.js'];
const WORKER = ['node', 'dist/services/worker/main.js'];
const ALL_IN_ONE = ['node', 'dist/services/main.js'];
const EACH = [PREPARE, API, WORKER, ALL_IN_ONE].map((command) => [command[1] ?? '', command] as const);

const BUILD_AND_START_MS = 120_000;

let installation: TestInstallation;
let demo: TestDatabase;
let real: TestDatabase;
let empty: TestDatabase;

beforeAll(async () => {
  build();
  installation = await createTestInstallation();
  [demo, real, empty] = await Promise.all([
    createTestDatabase(),
    createEmptyDatabase(),
    createEmptyDatabase(),
  ]);
  expect(await runProgram(PREPARE, environment(real, '0'))).toMatchObject({ code: 0, stderr: '' });
}, BUILD_AND_START_MS);

afterAll(async () => {
  await killPrograms();
  await Promise.all([demo, real, empty].map((database) => database.close()));
  await installation.remove();
});

function environment({ appUrl, ownerUrl }: TestDatabase, mode: '0' | '1'): Record<string, string> {
  return {
    DATABASE_URL: appUrl,
    DATABASE_OWNER_URL: ownerUrl,
    DEMO: mode,
    PORT: '0',
    DATA_DIR: join(installation.folder, 'data'),
    SESSION_SECRET: 's'.repeat(64),
    DATA_KEY: 'd'.repeat(64),
    SIGNING_KEY_FILE: installation.signingKeyFile,
    LOG_LEVEL: 'warn',
  };
}

describe('a database keeps the mode it was made in', () => {
  test.each(EACH)('%s does not open a demo as a real installation', async (_name, command) => {
    expect(await runProgram(command, environment(demo, '0'))).toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'Cơ sở dữ liệu này được tạo cho chế độ "demo", không mở được ở chế độ "real" (DEMO).\n' +
        'This database was made as "demo" and does not open as "real" (DEMO).\n',
    });
  });

  test.each(EACH)('%s does not open a real installation as a demo', async (_name, command) => {
    const refused = await runProgram(command, environment(real, '1'));
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(
      'This database was made as "real" and does not open as "demo" (DEMO).\n',
    );
    expect(await real.db('accounts').select()).toEqual([]);
  });

  test('a real installation has neither demo accounts nor inbox nor movable clock', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const api = startProgram(API, { ...environment(real, '0'), PORT: String(port) });
    await untilReady(api, url);
    const password = JSON.stringify({ username: 'admin', password: 'KonTum@2736' });
    const json = { 'Content-Type': 'application/json' };
    const statuses = await Promise.all([
      fetch(`${url}/api/v1/session`, { method: 'POST', headers: json, body: password }),
      fetch(`${url}/inbox`),
      fetch(`${url}/api/v1/demo/clock`, { method: 'PUT', headers: json, body: '{}' }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([401, 404, 404]);
    expect(await api.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('what an operator can mend is said in a sentence', () => {
  test.each([
    [API[1], API],
    [WORKER[1], WORKER],
  ])('%s on a database that nobody prepared', async (_name, command) => {
    expect(await runProgram(command, environment(empty, '1'))).toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'Cơ sở dữ liệu chưa được chuẩn bị. Hãy chạy "npm start" hay "npm run migrate" trước.\n' +
        'The database is not prepared. Run "npm start" or "npm run migrate" first.\n',
    });
  });

  test('a database that does not answer, or does not know us', async () => {
    const elsewhere = new URL(demo.appUrl);
    elsewhere.port = String(await freePort());
    const nobody = new URL(demo.appUrl);
    nobody.pathname = '/sovang_test_no_such_database';
    for (const [url, said] of [
      [elsewhere.href, 'ECONNREFUSED'],
      [nobody.href, 'does not exist'],
    ] as const) {
      const refused = await runProgram(API, { ...environment(demo, '1'), DATABASE_URL: url });
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(/^Không vào được cơ sở dữ liệu.*\nCannot get into the database .*\n$/);
      expect(refused.stderr).toContain(said);
      expect(refused.stderr).not.toContain(elsewhere.password);
    }
  });

  test('a signing key that is missing or none', async () => {
    const none = join(installation.folder, 'none.pem');
    await writeFile(none, 'none');
    for (const [file, said] of [
      ['/nowhere/key.pem', 'ENOENT'],
      [none, 'SIGNING_KEY_FILE: '],
    ] as const) {
      const refused = await runProgram(API, { ...environment(real, '0'), SIGNING_KEY_FILE: file });
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(/^Cấu hình không dùng được .*:\n- SIGNING_KEY_FILE: .*\n$/);
      expect(refused.stderr).toContain(said);
    }
  });
});
