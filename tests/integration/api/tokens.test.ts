import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { draftAward } from '../../support/decisions.ts';
import { awards, submitted } from '../../support/nominations.ts';
import { waitingNominations } from '../../support/waitingNominations.ts';
import { startTestServer, type Client, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const FAR = '2099-12-31T00:00:00Z';

async function makeToken(owner: Client, scopes: string[], expiresAt = FAR) {
  const made = await owner.post('/tokens', { name: 'Máy đọc', scopes, expiresAt });
  expect(made.status).toBe(201);
  return { id: made.body.id, headers: { Authorization: `Bearer ${String(made.body['token'])}` } };
}

describe('a token', () => {
  test('is shown once, does what its scopes name, and ends the moment it is revoked', async () => {
    const owner = await server.as('snv.chuyenvien');
    const { id, headers } = await makeToken(owner, ['me', 'movements.read']);
    expect((await server.anonymous.get('/me', headers)).body).toMatchObject({
      username: 'snv.chuyenvien',
      scopes: ['me', 'movements.read'],
    });
    expect((await server.anonymous.get('/movements', headers)).status).toBe(200);

    const refused = await server.anonymous.get('/registrations', headers);
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toBe('Mã truy cập không có quyền "registrations.read".');

    const listed = (await owner.get('/tokens')).body.items.find((item) => item.id === id);
    expect(listed).toEqual({
      id,
      name: 'Máy đọc',
      scopes: ['me', 'movements.read'],
      createdAt: expect.any(String),
      expiresAt: '2099-12-31T00:00:00.000Z',
      revokedAt: null,
    });
    const { secret_hash: kept } = (await server.database.db('tokens').where({ id }).first()) as {
      secret_hash: string;
    };
    expect(headers.Authorization).not.toContain(kept);

    expect((await owner.delete(`/tokens/${id}`)).status).toBe(204);
    expect((await server.anonymous.get('/me', headers)).status).toBe(401);
    expect((await owner.delete(`/tokens/${id}`)).status).toBe(404);
  });

  test('belongs to its owner alone', async () => {
    const { id } = await makeToken(await server.as('snv.chuyenvien'), ['me']);
    const other = await server.as('dakglei.canbo');
    expect((await other.delete(`/tokens/${id}`)).status).toBe(404);
    expect((await other.get('/tokens')).body.items).toEqual([]);
  });

  test('ends by itself', async () => {
    const owner = await server.as('snv.chuyenvien');
    const { id, headers } = await makeToken(owner, ['me']);
    await server.database.db('tokens').where({ id }).update({ expires_at: '2020-01-01T00:00:00Z' });
    expect((await server.anonymous.get('/me', headers)).status).toBe(401);
  });

  test.each([
    ['no scope that there is', { scopes: ['movements.read', 'moon.read'] }, ['/scopes/1']],
    ['a scope for tokens themselves', { scopes: ['tokens.manage'] }, ['/scopes/0']],
    ['a vote', { scopes: ['council-sessions.vote'] }, ['/scopes/0']],
    [
      'a scope that its owner cannot use',
      { scopes: ['movements.create', 'demo.clock'] },
      ['/scopes/0', '/scopes/1'],
    ],
    ['no scope at all', { scopes: [] }, ['/scopes']],
    ['an end that has passed', { scopes: ['me'], expiresAt: '2018-06-01T00:00:00Z' }, ['/expiresAt']],
    ['an unknown field', { scopes: ['me'], admin: true }, ['/admin']],
  ])('is not made with %s', async (_what, wanted, pointers) => {
    const member = await server.as('dakglei.canbo');
    const refused = await member.post('/tokens', { name: 'Thử', expiresAt: FAR, ...wanted });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  test('casts no vote, though it may send other events', async () => {
    const { headers } = await makeToken(await server.as('kontum.canbo'), [
      'nominations.read',
      'nominations.event',
    ]);
    const id = await submitted(server, 'dakglei', awards.cluster);
    const seen = await server.anonymous.get(`/nominations/${id}`, headers);
    expect([seen.status, seen.body.workflow.allowedEvents]).toEqual([200, []]);

    const ballot = { type: 'CAST_CLUSTER_VOTE', choice: 'yes' };
    const refused = await server.anonymous.post(`/nominations/${id}/events`, ballot, headers);
    expect([refused.status, refused.body.detail]).toEqual([
      403,
      'Biểu quyết và ký phải tự mình đăng nhập để làm, không dùng mã truy cập.',
    ]);
    const voter = await server.as('kontum.canbo');
    expect((await voter.post(`/nominations/${id}/events`, ballot)).status).toBe(200);
  });

  test('signs nothing, though it may send other events', async () => {
    const { headers } = await makeToken(await server.as('chutich'), ['decisions.read', 'decisions.event']);
    const { id } = (await draftAward(server, await waitingNominations(server, 1))).body;
    const head = await server.as('snv.lanhdao');
    expect((await head.post(`/decisions/${id}/events`, { type: 'SUBMIT_FOR_SIGNATURE' })).status).toBe(200);
    const seen = await server.anonymous.get(`/decisions/${id}`, headers);
    expect(seen.body.workflow.allowedEvents.map(({ type }) => type)).toEqual(['RETURN']);

    const signature = { type: 'SIGN', signatory: 'Nguyễn Văn Chủ', capacity: 'CHỦ TỊCH' };
    expect((await server.anonymous.post(`/decisions/${id}/events`, signature, headers)).status).toBe(403);
    const returned = { type: 'RETURN', reason: 'thiếu căn cứ' };
    expect((await server.anonymous.post(`/decisions/${id}/events`, returned, headers)).status).toBe(200);
  });

  test('makes, lists and ends no tokens', async () => {
    const owner = await server.as('snv.chuyenvien');
    const { id, headers } = await makeToken(owner, ['me']);
    const wanted = { name: 'Con', scopes: ['me'], expiresAt: FAR };
    const answers = [
      await server.anonymous.post('/tokens', wanted, headers),
      await server.anonymous.get('/tokens', headers),
      await server.anonymous.delete(`/tokens/${id}`, headers),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'forbidden'],
      [403, 'forbidden'],
      [403, 'forbidden'],
    ]);
  });

  test('keeps no answer under an idempotency key', async () => {
    const owner = await server.as('snv.chuyenvien');
    const wanted = { name: 'Hai lần', scopes: ['me'], expiresAt: FAR };
    const key = { 'Idempotency-Key': 'hai-lan' };
    const [first, second] = [
      await owner.post('/tokens', wanted, key),
      await owner.post('/tokens', wanted, key),
    ];
    expect(first.body.id).not.toBe(second.body.id);
    expect(await server.database.db('receipts').where({ key: 'hai-lan' })).toEqual([]);
  });
});
