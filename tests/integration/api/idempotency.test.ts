import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { draftMovement } from '../../support/movements.ts';
import { startTestServer, type Client, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
let chairman: Client;

beforeAll(async () => {
  server = await startTestServer();
  chairman = await server.as('chutich');
});

afterAll(() => server.close());

async function eventsOf(id: string) {
  return (await chairman.get(`/movements/${id}/history`)).body.items.map((item) => item['type']);
}

const LAUNCH = { type: 'LAUNCH' };

describe('an idempotency key', () => {
  test('gives the recorded answer again for the same body, in whatever order its fields stand', async () => {
    const id = await draftMovement(server);
    await chairman.post(`/movements/${id}/events`, LAUNCH);
    const path = `/movements/${id}/events`;
    const key = { 'Idempotency-Key': 'huy' };
    const first = await chairman.post(path, { type: 'CANCEL', reason: 'thử' }, key);
    const again = await chairman.post(path, { reason: 'thử', type: 'CANCEL' }, key);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await eventsOf(id)).toEqual(['CREATED', 'LAUNCH', 'CANCEL']);
  });

  test('answers a creation again with its status, and makes one', async () => {
    const agency = await server.as('snv.lanhdao');
    const wanted = { code: 'khoi-mot-lan', name: 'Khối', kind: 'bloc', basis: 'Quyết định' };
    const key = { 'Idempotency-Key': 'mot-lan' };
    const [first, again] = [
      await agency.post('/clusters', wanted, key),
      await agency.post('/clusters', wanted, key),
    ];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
  });

  test('with another body is refused', async () => {
    const id = await draftMovement(server);
    const key = { 'Idempotency-Key': 'khac-noi-dung' };
    await chairman.post(`/movements/${id}/events`, LAUNCH, key);
    const other = await chairman.post(`/movements/${id}/events`, { type: 'CANCEL', reason: 'khác' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  test('is the caller’s own, and the route’s own', async () => {
    const [one, two] = [await draftMovement(server), await draftMovement(server)];
    const key = { 'Idempotency-Key': 'chung' };
    const agency = await server.as('snv.lanhdao');
    const review = { type: 'OPEN_MIDTERM_REVIEW' };
    expect((await chairman.post(`/movements/${one}/events`, LAUNCH, key)).status).toBe(200);
    expect((await agency.post(`/movements/${one}/events`, review, key)).status).toBe(200);
    expect((await chairman.post(`/movements/${two}/events`, LAUNCH, key)).status).toBe(200);
  });

  test('sent many times at once has one effect and one answer', async () => {
    const id = await draftMovement(server);
    const key = { 'Idempotency-Key': 'cung-luc' };
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => chairman.post(`/movements/${id}/events`, LAUNCH, key)),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array<number>(50).fill(200));
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await eventsOf(id)).toEqual(['CREATED', 'LAUNCH']);
  });

  test('keeps no refusal: what could not be done may be tried again with it', async () => {
    const id = await draftMovement(server, { targets: [] });
    const key = { 'Idempotency-Key': 'thu-lai' };
    expect((await chairman.post(`/movements/${id}/events`, LAUNCH, key)).status).toBe(409);
    expect(await server.database.db('receipts').where({ key: 'thu-lai' })).toEqual([]);
    const cancel = { type: 'CANCEL', reason: 'thiếu mục tiêu' };
    expect((await chairman.post(`/movements/${id}/events`, cancel, key)).status).toBe(200);
  });

  test('has at most 255 characters', async () => {
    const id = await draftMovement(server);
    const path = `/movements/${id}/events`;
    const tooLong = await chairman.post(path, LAUNCH, { 'Idempotency-Key': 'k'.repeat(256) });
    expect([tooLong.status, tooLong.body.errors[0]?.pointer]).toEqual([422, 'Idempotency-Key']);
    expect((await chairman.post(path, LAUNCH, { 'Idempotency-Key': 'k'.repeat(255) })).status).toBe(200);
  });
});
