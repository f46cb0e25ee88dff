import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { draftMovement } from '../../support/movements.ts';
import { awards, draft, unitId } from '../../support/nominations.ts';
import { startTestServer, type Client, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
let chairman: Client;
let officer: Client;

beforeAll(async () => {
  server = await startTestServer();
  chairman = await server.as('chutich');
  officer = await server.as('dakglei.canbo');
});

afterAll(() => server.close());

describe('an event', () => {
  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'named %s, as every object has one, is unknown like any other',
    async (type) => {
      const id = await draftMovement(server);
      const reply = await chairman.post(`/movements/${id}/events`, JSON.parse(`{"type":"${type}"}`));
      expect([reply.status, reply.body.errors.map(({ pointer }) => pointer)]).toEqual([422, ['/type']]);
    },
  );
});

describe('a body', () => {
  test.each(['gzip', 'deflate', 'br'])('that says it is %s and is not is malformed', async (encoding) => {
    const cookie = await cookieOf('chutich');
    const id = await draftMovement(server);
    const response = await fetch(`${server.url}/api/v1/movements/${id}/events`, {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': 'application/json', 'Content-Encoding': encoding },
      body: '{"type":"LAUNCH"}',
    });
    const { code } = (await response.json()) as { code: string };
    expect([response.status, code]).toEqual([422, 'malformed-json']);
  });

  test('with a day that the database cannot hold names the fault like any invalid input', async () => {
    const reply = await officer.get('/units?on=0000-01-01');
    expect([reply.status, reply.body.code, reply.body.errors.length]).toEqual([422, 'invalid-input', 1]);
  });
});

describe('an id in capital letters', () => {
  test('names the same case, in the address and in a body', async () => {
    const { id } = await draft(server, 'dakglei', awards.plain);
    expect((await officer.get(`/nominations/${id.toUpperCase()}`)).body.id).toBe(id);
    const reply = await officer.post('/nominations', {
      awardCode: awards.plain,
      unitId: (await unitId(server, 'dakglei')).toUpperCase(),
      year: 2018,
      subjectType: 'individual',
      subjectName: 'Người thử nghiệm',
      achievement: 'Thành tích',
    });
    expect([reply.status, reply.body['unitId']]).toEqual([201, await unitId(server, 'dakglei')]);
  });
});

describe('an idempotency key', () => {
  test('holds however the address of its route is spelled', async () => {
    const id = await draftMovement(server);
    const key = { 'Idempotency-Key': 'mot-duong' };
    const launch = { type: 'LAUNCH' };
    const first = await chairman.post(`/movements/${id}/events`, launch, key);
    const spelled = [
      `/movements/${id}/events?x=1`,
      `/movements/${id}/events/`,
      `/MOVEMENTS/${id.toUpperCase()}/Events`,
    ];
    for (const path of spelled) {
      const again = await chairman.post(path, launch, key);
      expect([path, again.status, again.body]).toEqual([path, 200, first.body]);
    }
  });
});

describe('the name of a recipient', () => {
  test('is kept in one Unicode form, whatever keyboard it was typed on', async () => {
    const { subjectName, achievement } = await draft(server, 'dakglei', awards.plain, {
      subjectName: 'Nguyễn Thị Hằng'.normalize('NFD'),
      achievement: 'Giỏi việc nước'.normalize('NFD'),
    });
    expect([subjectName, achievement]).toEqual(['Nguyễn Thị Hằng', 'Giỏi việc nước']);
  });

  test.each([
    ['nothing to read in it', '\u200b\u200b'],
    ['two lines', 'Nguyễn Văn A\nNguyễn Văn B'],
    ['a control character', 'Nguyễn\u0007 Văn A'],
    ['letters turned around', '\u202eA năV nễyugN'],
  ])('with %s is refused, since it goes on paper', async (_what, subjectName) => {
    const reply = await officer.post('/nominations', {
      awardCode: awards.plain,
      unitId: await unitId(server, 'dakglei'),
      year: 2018,
      subjectType: 'individual',
      subjectName,
      achievement: 'Thành tích',
    });
    expect([reply.status, reply.body.errors.map(({ pointer }) => pointer)]).toEqual([422, ['/subjectName']]);
  });
});

async function cookieOf(username: string): Promise<string> {
  const reply = await server.anonymous.post('/session', { username, password: 'KonTum@2736' });
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
