import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type Client, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
let admin: Client;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
});

afterAll(() => server.close());

const PASSWORD = 'Thi đua 2018!';
let made = 0;

/** A new account, and the header of a session of it. */
async function newcomer() {
  made += 1;
  const username = `nguoimoi.${made}`;
  const reply = await admin.post('/accounts', {
    username,
    displayName: 'Người mới',
    email: `${username}@kontum.example`,
    password: PASSWORD,
  });
  expect(reply.status).toBe(201);
  return { id: reply.body.id, username, session: await logIn(username, PASSWORD) };
}

async function logIn(username: string, password: string) {
  const reply = await server.anonymous.post('/session', { username, password });
  expect([username, reply.status]).toEqual([username, 201]);
  return { Cookie: (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

async function statusOf(headers: Record<string, string>) {
  return (await server.anonymous.get('/me', headers)).status;
}

async function unitId(code: string) {
  const unit = (await server.database.db('units').where({ code }).first()) as { id: string };
  return unit.id;
}

describe('accounts', () => {
  test('are made by an administrator, with no office and no word about their password', async () => {
    const { id, username } = await newcomer();
    const { body } = await admin.get(`/accounts/${id}`);
    expect(body).toEqual({
      id,
      username,
      displayName: 'Người mới',
      email: `${username}@kontum.example`,
      locked: false,
      createdAt: expect.any(String),
      offices: [],
    });
  });

  test('are nobody else’s business', async () => {
    const head = await server.as('snv.lanhdao');
    expect((await head.get('/accounts')).status).toBe(403);
    const wanted = { username: 'ai.do', displayName: 'A', email: 'a@b.example', password: PASSWORD };
    expect((await head.post('/accounts', wanted)).status).toBe(403);
  });

  test('are not managed with a token, which could then act in any name', async () => {
    const wanted = { name: 'Máy', scopes: ['accounts.manage'], expiresAt: '2099-01-01T00:00:00Z' };
    expect((await admin.post('/tokens', wanted)).status).toBe(422);
    expect((await admin.post('/tokens', { ...wanted, scopes: ['accounts.read'] })).status).toBe(201);
  });

  test('are listed page by page', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await admin.get(`/accounts?limit=20${query}`);
      seen.push(...body.items.map((item) => String(item['username'])));
      cursor = body.nextCursor;
    } while (cursor !== null);
    const rows = await server.database
      .db('accounts')
      .orderBy('id')
      .select<{ username: string }[]>('username');
    expect(seen).toEqual(rows.map(({ username }) => username));
    expect((await admin.get('/accounts?limit=201')).status).toBe(422);
  });

  test.each([
    ['a weak password', { password: 'ngắn' }, 422, 'invalid-input'],
    ['the username as a password', { password: 'ai.do.ai.do' }, 422, 'invalid-input'],
    ['a username with capitals', { username: 'Ai.Do' }, 422, 'invalid-input'],
    ['no address', { email: 'không có' }, 422, 'invalid-input'],
    ['a taken username', { username: 'chutich' }, 409, 'conflict'],
  ])('are not made with %s', async (_what, wrong, status, code) => {
    const wanted = { username: 'ai.do', displayName: 'A', email: 'a@b.example', password: PASSWORD };
    const refused = await admin.post('/accounts', { ...wanted, ...wrong });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  });

  test('lose all sessions and tokens at once when locked, and log in again when unlocked', async () => {
    const { id, username, session } = await newcomer();
    const wanted = { name: 'Máy', scopes: ['me'], expiresAt: '2099-01-01T00:00:00Z' };
    const token = (await server.anonymous.post('/tokens', wanted, session)).body['token'];
    const bearer = { Authorization: `Bearer ${String(token)}` };
    expect([await statusOf(session), await statusOf(bearer)]).toEqual([200, 200]);

    expect((await admin.patch(`/accounts/${id}`, { locked: true })).body['locked']).toBe(true);
    expect([await statusOf(session), await statusOf(bearer)]).toEqual([401, 401]);
    const refused = await server.anonymous.post('/session', { username, password: PASSWORD });
    expect([refused.status, refused.body.code]).toEqual([401, 'account-locked']);

    await admin.patch(`/accounts/${id}`, { locked: false });
    expect([await statusOf(session), await statusOf(bearer)]).toEqual([401, 401]);
    expect(await statusOf(await logIn(username, PASSWORD))).toBe(200);
  });

  test('whose password an administrator sets must log in with that one', async () => {
    const { id, username, session } = await newcomer();
    await admin.patch(`/accounts/${id}`, { password: 'Mật khẩu khác' });
    expect(await statusOf(session)).toBe(401);
    expect((await server.anonymous.post('/session', { username, password: PASSWORD })).status).toBe(401);
    await logIn(username, 'Mật khẩu khác');
  });

  test('are not changed by an empty request', async () => {
    const { id } = await newcomer();
    expect((await admin.patch(`/accounts/${id}`, {})).status).toBe(422);
  });

  test('always leave an administrator who can log in', async () => {
    const me = (await admin.get('/me')).body;
    const offices = me['offices'] as { id: string }[];
    const refusals = [
      await admin.patch(`/accounts/${me.id}`, { locked: true }),
      await admin.patch(`/offices/${offices[0]?.id ?? ''}`, { validTo: '2018-03-01' }),
    ];
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'conflict'],
      [409, 'conflict'],
    ]);
    expect(await admin.get('/me')).toMatchObject({ status: 200 });
  });
});

describe('an own password', () => {
  test('is changed with the present one, and ends every other session', async () => {
    const { username, session } = await newcomer();
    const elsewhere = await logIn(username, PASSWORD);
    const change = { current: PASSWORD, next: 'Một câu dài hơn' };
    expect((await server.anonymous.put('/me/password', change, session)).status).toBe(204);
    expect([await statusOf(session), await statusOf(elsewhere)]).toEqual([200, 401]);
    await logIn(username, 'Một câu dài hơn');
  });

  test('is not changed without it, nor to a weak one', async () => {
    const { session } = await newcomer();
    const tries = [
      await server.anonymous.put('/me/password', { current: 'sai rồi', next: 'Một câu dài hơn' }, session),
      await server.anonymous.put('/me/password', { current: PASSWORD, next: 'ngắn' }, session),
    ];
    expect(tries.map(({ status, body }) => [status, body.errors[0]?.pointer])).toEqual([
      [422, '/current'],
      [422, '/next'],
    ]);
  });

  test('cannot be guessed from a session that was left open', async () => {
    const { session } = await newcomer();
    const guess = () =>
      server.anonymous.put('/me/password', { current: 'đoán', next: 'Một câu dài hơn' }, session);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array<number>(10).fill(422), 429]);
  });
});

describe('offices', () => {
  test('count from the day they begin, and stay on record when they end', async () => {
    const { id, session } = await newcomer();
    const office = {
      role: 'unitOfficer',
      unitId: await unitId('dakto'),
      title: 'Chuyên viên',
      validFrom: '2018-01-01',
    };
    const given = await admin.post(`/accounts/${id}/offices`, office);
    expect(given.status).toBe(201);
    expect(given.body).toEqual({ ...office, id: given.body.id, validTo: null });
    const me = (await server.anonymous.get('/me', session)).body;
    expect(me['offices']).toEqual([expect.objectContaining({ role: 'unitOfficer', unitId: office.unitId })]);
    expect(me['clusters']).toEqual([expect.objectContaining({ unitId: office.unitId, position: 'member' })]);

    const ended = await admin.patch(`/offices/${given.body.id}`, { validTo: '2018-01-01' });
    expect(ended.body).toMatchObject({ id: given.body.id, validTo: '2018-01-01' });
    expect((await server.anonymous.get('/me', session)).body['offices']).toEqual([]);
    expect((await admin.get(`/accounts/${id}`)).body['offices']).toEqual([ended.body]);
  });

  test.each([
    ['a unit’s role without a unit', { role: 'unitLeader' }, '/unitId'],
    ['another role with one', { role: 'chairman', unitId: true }, '/unitId'],
    ['a unit that there is not', { unitId: '00000000-0000-7000-8000-000000000000' }, '/unitId'],
    ['an end before the beginning', { unitId: true, validTo: '2017-12-31' }, '/validTo'],
    ['a role that there is not', { role: 'king' }, '/role'],
  ])('are not given with %s', async (_what, wrong, pointer) => {
    const { id } = await newcomer();
    const office = { role: 'unitOfficer', title: 'Chức vụ', validFrom: '2018-01-01', ...wrong };
    const unit = 'unitId' in wrong && wrong.unitId === true ? { unitId: await unitId('dakto') } : {};
    const refused = await admin.post(`/accounts/${id}/offices`, { ...office, ...unit });
    expect([refused.status, refused.body.errors.map((each) => each.pointer)]).toEqual([422, [pointer]]);
  });

  test('do not end before they began', async () => {
    const { id } = await newcomer();
    const office = { role: 'inspector', title: 'Thanh tra', validFrom: '2018-05-01' };
    const given = await admin.post(`/accounts/${id}/offices`, office);
    expect((await admin.patch(`/offices/${given.body.id}`, { validTo: '2018-04-30' })).status).toBe(422);
  });
});
