import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { awards, completeDossier, draft, send, submitted } from '../../support/nominations.ts';
import { startTestServer, type Reply, type TestServer } from '../../support/testServer.ts';

const PARALLEL = 50;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const atOnce = (one: () => Promise<Reply>) => Promise.all(Array.from({ length: PARALLEL }, one));
const historyOf = (id: string, type: string) =>
  server.database.db('workflow_history').where({ instance_id: id, type });

async function readyDraft(): Promise<string> {
  const { id } = await draft(server, 'dakglei', awards.cluster);
  await completeDossier(server, 'dakglei', id, awards.cluster);
  return id;
}

test('of fifty who submit at once exactly one does, and the others are told why not', async () => {
  const id = await readyDraft();
  const replies = await atOnce(() => send(server, 'dakglei.lanhdao', id, 'SUBMIT'));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(replies.filter(({ status }) => ![200, 409, 412].includes(status))).toEqual([]);
  expect(await historyOf(id, 'SUBMIT')).toHaveLength(1);
  expect(await server.database.db('deadlines').where({ instance_id: id })).toHaveLength(1);
});

test('of fifty who saw the same revision exactly one does, and the others are told that it has changed', async () => {
  const id = await readyDraft();
  const leader = await server.as('dakglei.lanhdao');
  const etag = (await leader.get(`/nominations/${id}`)).headers.get('etag') ?? '';
  const replies = await atOnce(() => send(server, 'dakglei.lanhdao', id, 'SUBMIT', {}, { 'If-Match': etag }));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(replies.filter(({ status }) => status === 412)).toHaveLength(PARALLEL - 1);
});

test('fifty requests with one idempotency key are one event and one answer', async () => {
  const id = await readyDraft();
  const replies = await atOnce(() =>
    send(server, 'dakglei.lanhdao', id, 'SUBMIT', {}, { 'Idempotency-Key': 'submit-once' }),
  );
  const [first] = replies;
  expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: PARALLEL }, () => 200));
  for (const { body, headers } of replies) {
    expect(body).toEqual(first?.body);
    expect(headers.get('etag')).toBe(first?.headers.get('etag'));
  }
  expect(await historyOf(id, 'SUBMIT')).toHaveLength(1);
});

test('fifty votes of one unit at once are one vote', async () => {
  const id = await submitted(server, 'dakglei', awards.cluster);
  const replies = await atOnce(() =>
    send(server, 'kontum.canbo', id, 'CAST_CLUSTER_VOTE', { choice: 'yes' }),
  );
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(replies.filter(({ status }) => ![200, 409, 412].includes(status))).toEqual([]);
  expect(await server.database.db('cluster_votes').where({ nomination_id: id })).toHaveLength(1);
});

test('a stale If-Match is refused also where the event would be allowed', async () => {
  const id = await submitted(server, 'dakglei', awards.cluster);
  const reply = await send(
    server,
    'kontum.canbo',
    id,
    'CAST_CLUSTER_VOTE',
    { choice: 'yes' },
    { 'If-Match': '"1"' },
  );
  expect([reply.status, reply.body.code]).toEqual([412, 'stale-revision']);
});
