import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { draftMovement } from '../../support/movements.ts';
import { startTestServer, type Reply, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
/** Launched: everybody sees it. Its revision is 2. */
let launched: string;
/** Hidden from units. */
let draft: string;

beforeAll(async () => {
  server = await startTestServer();
  launched = await draftMovement(server);
  draft = await draftMovement(server, { title: 'Còn soạn thảo' });
  const chairman = await server.as('chutich');
  const reply = await chairman.post(
    `/movements/${launched}/events`,
    { type: 'LAUNCH' },
    { 'Idempotency-Key': 'launch' },
  );
  expect(reply.body.workflow.revision).toBe(2);
});

afterAll(() => server.close());

interface Row {
  check: string;
  who: string | null;
  which: () => string;
  body: object;
  headers?: Record<string, string>;
  status: number;
  code: string | undefined;
}

const STALE = { 'If-Match': '"1"' };
const REUSED = { ...STALE, 'Idempotency-Key': 'launch' };

/** Each row is also wrong, or late, in every way that is checked after the one it is refused for. */
const ROWS: Row[] = [
  {
    check: 'not logged in',
    who: null,
    which: () => draft,
    body: { type: 'FLY' },
    headers: REUSED,
    status: 401,
    code: 'unauthenticated',
  },
  {
    check: 'not visible to the caller',
    who: 'dakglei.canbo',
    which: () => draft,
    body: { type: 'FLY' },
    headers: REUSED,
    status: 404,
    code: 'not-found',
  },
  {
    check: 'no id at all',
    who: 'chutich',
    which: () => 'phong-trao',
    body: { type: 'FLY' },
    headers: REUSED,
    status: 404,
    code: 'not-found',
  },
  {
    check: 'an unknown event',
    who: 'dakglei.canbo',
    which: () => launched,
    body: { type: 'FLY' },
    headers: REUSED,
    status: 422,
    code: 'invalid-input',
  },
  {
    check: 'a payload that does not fit',
    who: 'dakglei.canbo',
    which: () => launched,
    body: { type: 'CANCEL', reason: '', more: 1 },
    headers: REUSED,
    status: 422,
    code: 'invalid-input',
  },
  {
    check: 'may never do this',
    who: 'dakglei.canbo',
    which: () => launched,
    body: { type: 'LAUNCH' },
    headers: REUSED,
    status: 403,
    code: 'forbidden',
  },
  {
    check: 'replay of the key',
    who: 'chutich',
    which: () => launched,
    body: { type: 'LAUNCH' },
    headers: REUSED,
    status: 200,
    code: undefined,
  },
  {
    check: 'the key with another body',
    who: 'chutich',
    which: () => launched,
    body: { type: 'CANCEL', reason: 'khác' },
    headers: REUSED,
    status: 422,
    code: 'idempotency-key-reused',
  },
  {
    check: 'a stale If-Match',
    who: 'chutich',
    which: () => launched,
    body: { type: 'LAUNCH' },
    headers: STALE,
    status: 412,
    code: 'stale-revision',
  },
  {
    check: 'not allowed in this state',
    who: 'chutich',
    which: () => launched,
    body: { type: 'LAUNCH' },
    headers: { 'If-Match': '"2"' },
    status: 409,
    code: 'event-not-allowed',
  },
];

async function send({ who, which, body, headers }: Row): Promise<Reply> {
  const client = who === null ? server.anonymous : await server.as(who);
  return client.post(`/movements/${which()}/events`, body, headers);
}

describe('the checks of a request come in the contract’s order', () => {
  test.each(ROWS)('$check: $status', async (row) => {
    const reply = await send(row);
    expect([reply.status, reply.body.code]).toEqual([row.status, row.code]);
    const type = row.status === 200 ? 'application/json' : 'application/problem+json';
    expect(reply.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
  });

  test('and none of those refusals left a trace', async () => {
    const chairman = await server.as('chutich');
    const history = (await chairman.get(`/movements/${launched}/history`)).body.items;
    expect(history.map((item) => item['type'])).toEqual(['CREATED', 'LAUNCH']);
  });
});

describe('If-Match', () => {
  test.each([
    ['"2"', 409],
    ['W/"2"', 409],
    ['*', 409],
    ['"3"', 412],
    ['2', 422],
    ['"2", "3"', 422],
    ['"two"', 422],
  ])('%s before an event that the state refuses is answered %i', async (mark, status) => {
    const chairman = await server.as('chutich');
    const reply = await chairman.post(
      `/movements/${launched}/events`,
      { type: 'LAUNCH' },
      { 'If-Match': mark },
    );
    expect(reply.status).toBe(status);
  });
});
