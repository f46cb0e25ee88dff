import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ publicUrl: 'https://thidua.example' });
});

afterAll(() => server.close());

const PASSWORD = 'KonTum@2736';

function logIn(username: string, password = PASSWORD, headers: Record<string, string> = {}) {
  return server.anonymous.post('/session', { username, password }, headers);
}

async function sessionOf(username: string) {
  const reply = await logIn(username);
  expect(reply.status).toBe(201);
  return { Cookie: (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

/** So many wrong passwords, one after the other. */
async function fail(username: string, times: number) {
  const codes: string[] = [];
  for (let attempt = 0; attempt < times; attempt += 1) codes.push((await logIn(username, 'sai')).body.code);
  return codes;
}

/** The shortest of some log-ins, in milliseconds: the machine's other work only makes them longer. */
async function quickest(usernames: readonly string[]) {
  const times: number[] = [];
  for (const username of usernames) {
    const started = performance.now();
    await logIn(username, 'sai');
    times.push(performance.now() - started);
  }
  return Math.min(...times);
}

describe('logging in', () => {
  test('answers who one is, and sets a cookie that scripts cannot read and http does not carry', async () => {
    const reply = await logIn('dakglei.canbo');
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ username: 'dakglei.canbo', scopes: null });
    expect(reply.headers.get('set-cookie')?.replace(/=[0-9a-f]{64};/, '=…;')).toMatch(
      /^so_vang_session=…; Max-Age=43200; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    const rows = await server.database.db('sessions').select<{ secret_hash: string }[]>('secret_hash');
    for (const { secret_hash: hash } of rows) expect(reply.headers.get('set-cookie')).not.toContain(hash);
  });

  test('keeps no answer under an idempotency key', async () => {
    await logIn('dakglei.canbo', PASSWORD, { 'Idempotency-Key': 'vào' });
    expect(await server.database.db('receipts')).toEqual([]);
  });

  test('takes the same letters typed in either form of Unicode', async () => {
    const admin = await sessionOf('admin');
    const account = (await server.database.db('accounts').where({ username: 'thanhtra' }).first()) as {
      id: string;
    };
    const password = 'Trần Hưởng 2018';
    const change = { password: password.normalize('NFC') };
    expect((await server.anonymous.patch(`/accounts/${account.id}`, change, admin)).status).toBe(200);
    expect((await logIn('thanhtra', password.normalize('NFD'))).status).toBe(201);
    expect((await logIn('thanhtra', password.normalize('NFC'))).status).toBe(201);
  });

  test('ends with the session, at once', async () => {
    const session = await sessionOf('dakto.canbo');
    const other = await sessionOf('dakto.canbo');
    expect((await server.anonymous.get('/me', session)).status).toBe(200);
    const left = await server.anonymous.delete('/session', session);
    expect(left.status).toBe(204);
    expect(left.headers.get('set-cookie')).toContain('so_vang_session=;');
    expect((await server.anonymous.get('/me', session)).status).toBe(401);
    expect((await server.anonymous.get('/me', other)).status).toBe(200);
  });

  test('lasts no longer than the wall clock says', async () => {
    const session = await sessionOf('konray.canbo');
    await server.database
      .db('sessions')
      .whereIn('account_id', server.database.db('accounts').select('id').where({ username: 'konray.canbo' }))
      .update({ expires_at: '2020-01-01T00:00:00Z' });
    expect((await server.anonymous.get('/me', session)).status).toBe(401);
  });
});

describe('failing to log in', () => {
  test('says the same of a wrong password and of nobody, and takes as long', async () => {
    const wrong = await logIn('chutich', 'sai');
    const nobody = await logIn('khong.co.ai', 'sai');
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect({ ...wrong.body, instance: '' }).toEqual({ ...nobody.body, instance: '' });
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer realm="so-vang"');

    const known = await quickest(['hd.02', 'hd.03', 'hd.04', 'hd.05', 'hd.06']);
    const unknown = await quickest(['ai.1', 'ai.2', 'ai.3', 'ai.4', 'ai.5']);
    // Without the hash of nobody an unknown name is answered some thirty times faster: that, and no less, is caught.
    expect(unknown).toBeGreaterThan(known / 10);
  });

  test('ten times closes the name for its right password too, and no other name', async () => {
    expect(await fail('sathay.canbo', 11)).toEqual([
      ...Array<string>(10).fill('wrong-credentials'),
      'too-many-attempts',
    ]);
    const blocked = await logIn('sathay.canbo');
    expect([blocked.status, blocked.body.code]).toEqual([429, 'too-many-attempts']);
    expect((await logIn('sathay.lanhdao')).status).toBe(201);
  });

  test('is forgotten after a success', async () => {
    await fail('dakha.canbo', 9);
    expect((await logIn('dakha.canbo')).status).toBe(201);
    expect(await fail('dakha.canbo', 9)).toEqual(Array<string>(9).fill('wrong-credentials'));
    expect((await logIn('dakha.canbo')).status).toBe(201);
  });

  test('many times at once opens no way past the limit', async () => {
    const guesses = Array.from({ length: 40 }, () => logIn('kontum.canbo', 'sai'));
    await Promise.all(guesses);
    expect((await logIn('kontum.canbo')).status).toBe(429);
  });
});

describe('a request with a cookie', () => {
  test.each([
    [{ Origin: 'https://evil.example' }, 403],
    [{ Origin: 'null' }, 403],
    [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{ 'Sec-Fetch-Site': 'same-site' }, 403],
    [{ Origin: 'https://thidua.example' }, 204],
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'https://thidua.example' }, 204],
    [{ 'Sec-Fetch-Site': 'none' }, 204],
    [{}, 204],
  ])('that changes something and says %j is answered %i', async (headers, status) => {
    const session = await sessionOf('ngochoi.canbo');
    const reply = await server.anonymous.delete('/session', { ...session, ...headers });
    expect(reply.status).toBe(status);
    if (status === 403) expect(reply.body.code).toBe('foreign-origin');
  });

  test('that only reads may come from anywhere, since no page of others sees the answer', async () => {
    const session = await sessionOf('ngochoi.canbo');
    const reply = await server.anonymous.get('/me', { ...session, 'Sec-Fetch-Site': 'cross-site' });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('access-control-allow-origin')).toBeNull();
  });
});
