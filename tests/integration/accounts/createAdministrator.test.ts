import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCommand } from '../../support/runCommand.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const MAIN = 'services/accounts/createAdministrator.main.ts';
const ARGUMENTS = ['--username', 'quantri', '--name', 'Quản trị viên', '--email', 'quantri@kontum.example'];

function create(password: string, args = ARGUMENTS) {
  const environment = { DATABASE_URL: server.database.appUrl, ADMIN_PASSWORD: password };
  return runCommand(MAIN, args, undefined, environment);
}

describe('npm run admin:create', () => {
  test('leaves the database of a demo alone', async () => {
    const run = await create('Thi đua 2018!');
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('This is the database of a demo');
  });

  test('makes an administrator of a real installation who can log in, once', async () => {
    await server.database.db('installation').update({ kind: 'real' });
    const weak = await create('ngắn quá');
    expect([weak.code, weak.stderr]).toEqual([1, expect.stringContaining('/password: ')]);

    const run = await create('Thi đua 2018!');
    expect([run.code, run.stderr]).toEqual([0, '']);
    const session = await server.anonymous.post('/session', {
      username: 'quantri',
      password: 'Thi đua 2018!',
    });
    expect(session.status).toBe(201);
    const account = await (await server.as('admin')).get(`/accounts/${session.body.id}`);
    expect(account.body['offices']).toEqual([
      expect.objectContaining({ role: 'administrator', unitId: null, validTo: null }),
    ]);

    const again = await create('Thi đua 2018!');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is taken')]);
  });

  test('says how it is called where it cannot ask', async () => {
    const run = await create('Thi đua 2018!', ['--username', 'quantri2']);
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('--username NAME')]);
  });
});
