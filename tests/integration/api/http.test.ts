import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { draftMovement } from '../../support/movements.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
let cookie: string;
const lines: { data: Record<string, unknown>; message: string }[] = [];

beforeAll(async () => {
  const keep = (data: object, message: string) => {
    lines.push({ data: data as Record<string, unknown>, message });
  };
  server = await startTestServer({ log: { info: keep, warn: keep, error: keep } });
  const reply = await server.anonymous.post('/session', { username: 'chutich', password: 'KonTum@2736' });
  cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});

afterAll(() => server.close());

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  problem: { code?: string; title?: string; instance?: string };
}

/** A request as it stands, with the chairman's session. */
async function send(path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { Cookie: cookie, ...(init.headers as Record<string, string> | undefined) };
  const response = await fetch(`${server.url}${path}`, { ...init, headers });
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const problem = isProblem ? (JSON.parse(text) as Answer['problem']) : {};
  return { status: response.status, headers: response.headers, text, problem };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('a body', () => {
  test.each([
    ['that is cut short', '{"type": "LAUNCH"', JSON_TYPE, 422, 'malformed-json'],
    ['that is a word', 'LAUNCH', JSON_TYPE, 422, 'malformed-json'],
    ['that is no object', '"LAUNCH"', JSON_TYPE, 422, 'malformed-json'],
    ['of another type', '{"type":"LAUNCH"}', { 'Content-Type': 'text/plain' }, 415, 'unsupported-media-type'],
    [
      'in an unknown charset',
      '{}',
      { 'Content-Type': 'application/json; charset=viscii' },
      415,
      'unsupported-media-type',
    ],
    ['that is too large', JSON.stringify({ type: 'x'.repeat(2_200_000) }), JSON_TYPE, 413, 'too-large'],
    ['with a zero character', '{"type":"LAUNCH\\u0000"}', JSON_TYPE, 422, 'invalid-input'],
    ['that is a list', '[]', JSON_TYPE, 422, 'invalid-input'],
  ])('%s is refused', async (_what, body, headers, status, code) => {
    const id = await draftMovement(server);
    const reply = await send(`/api/v1/movements/${id}/events`, { method: 'POST', body, headers });
    expect([reply.status, reply.problem.code]).toEqual([status, code]);
  });

  test('that is not there counts as an empty one', async () => {
    const id = await draftMovement(server);
    const reply = await send(`/api/v1/movements/${id}/events`, { method: 'POST' });
    expect([reply.status, reply.problem.code]).toEqual([422, 'invalid-input']);
  });

  test('with a day that no calendar has is refused, not a fault of ours', async () => {
    const admin = await server.as('admin');
    const unit = { code: 'nam-khong', name: 'Năm không', kind: 'department', validFrom: '0000-01-01' };
    expect(await admin.post('/units', unit)).toMatchObject({ status: 422, body: { code: 'invalid-input' } });
  });
});

describe('an address', () => {
  test.each([
    '/api/v1/nothing',
    '/api/v1/movements/1/2/3',
    '/api/v1',
    '/nothing',
    '/api/v1/movements/%E0%A4%A',
  ])('%s that leads nowhere is answered with a problem', async (path) => {
    const reply = await send(path);
    expect([reply.status, reply.problem.code]).toEqual([404, 'not-found']);
  });

  test('answers to no other method, and says to which', async () => {
    const refused = await send('/api/v1/movements', { method: 'DELETE' });
    expect([refused.status, refused.problem.code]).toEqual([405, 'method-not-allowed']);
    expect(refused.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS');

    const options = await send('/api/v1/movements', { method: 'OPTIONS' });
    expect([options.status, options.text]).toEqual([204, '']);
    expect(options.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS');
    expect(options.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('answers HEAD like GET, without the body', async () => {
    const [head, get] = [await send('/api/v1/me', { method: 'HEAD' }), await send('/api/v1/me')];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect((await fetch(`${server.url}/api/v1/me`, { method: 'HEAD' })).status).toBe(401);
  });
});

describe('a problem', () => {
  test.each([
    [undefined, 'vi', 'Không tìm thấy'],
    ['vi', 'vi', 'Không tìm thấy'],
    ['en', 'en', 'Not found'],
    ['en-US,en;q=0.9,vi;q=0.8', 'en', 'Not found'],
    ['vi;q=0.5, en', 'en', 'Not found'],
    ['fr, en;q=0.3', 'en', 'Not found'],
    ['fr', 'vi', 'Không tìm thấy'],
    ['*', 'vi', 'Không tìm thấy'],
  ])('for a reader of %s is in %s', async (wanted, language, title) => {
    // fetch would send a language of its own.
    const reply = await bare('/api/v1/nothing', wanted === undefined ? {} : { 'accept-language': wanted });
    expect([reply.language, (JSON.parse(reply.text) as { title: string }).title]).toEqual([language, title]);
  });

  test('names the request that it answers, as the header and the log do', async () => {
    const reply = await send('/api/v1/nothing');
    const id = reply.headers.get('x-request-id') ?? '';
    expect(reply.problem.instance).toBe(`urn:uuid:${id}`);
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });
});

function bare(path: string, headers: Record<string, string>): Promise<{ language: unknown; text: string }> {
  return new Promise((resolve, reject) => {
    httpRequest(`${server.url}${path}`, { headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        resolve({ language: response.headers['content-language'], text });
      });
    })
      .on('error', reject)
      .end();
  });
}

describe('a list', () => {
  test('is read page by page, each case once, newest first', async () => {
    const chairman = await server.as('chutich');
    for (let count = 0; count < 5; count += 1) await draftMovement(server);
    const whole = (await chairman.get('/movements?limit=200')).body;
    expect(whole.nextCursor).toBeNull();
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = (await chairman.get(`/movements?limit=2${query}`)).body;
      expect(page.items.length).toBeLessThanOrEqual(2);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(ids).toEqual(whole.items.map(({ id }) => id));
    expect(ids).toEqual([...ids].sort().reverse());
  });

  test.each(['limit=0', 'limit=201', 'limit=nhiều', 'limit=1.5', 'cursor=1', 'limit=1&limit=2', 'state=%00'])(
    'is not read with %s',
    async (query) => {
      const reply = await send(`/api/v1/movements?${query}`);
      expect([reply.status, reply.problem.code]).toEqual([422, 'invalid-input']);
    },
  );
});

describe('headers', () => {
  test('keep answers out of caches, frames and guesses', async () => {
    const { headers } = await send('/api/v1/me');
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    });
    expect(headers.get('x-powered-by')).toBeNull();
    // Over http a browser must not be told to insist on https.
    expect(headers.get('strict-transport-security')).toBeNull();
  });
});

describe('the log', () => {
  test('has one line for a request, by route and never with its address, cookie or body', async () => {
    lines.length = 0;
    const id = await draftMovement(server);
    const reply = await send(`/api/v1/movements/${id}/events?secret=1`, {
      method: 'POST',
      headers: { ...JSON_TYPE, Authorization: '' },
      body: JSON.stringify({ type: 'CANCEL', reason: 'chuyện riêng' }),
    });
    expect(reply.status).toBe(200);
    const line = lines.at(-1);
    expect(line).toEqual({
      message: 'request',
      data: {
        requestId: reply.headers.get('x-request-id'),
        method: 'POST',
        route: '/api/v1/movements/{id}/events',
        status: 200,
        ms: expect.any(Number),
      },
    });
    const written = JSON.stringify(lines);
    for (const word of [id, 'secret', 'chuyện riêng', cookie.split('=')[1] ?? '']) {
      expect(written).not.toContain(word);
    }
  });

  test('leaves probes out, and gives all addresses that lead nowhere one name', async () => {
    lines.length = 0;
    await send('/health/live');
    await send('/nothing/here');
    expect(lines.map(({ data }) => [data['route'], data['status']])).toEqual([['unknown', 404]]);
  });
});

describe('/metrics', () => {
  test('tells callers on this machine how requests went, by route pattern', async () => {
    await send('/api/v1/me');
    const { status, text } = await send('/metrics');
    expect(status).toBe(200);
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/me",status="200"\} [1-9]/,
    );
    expect(text).toMatch(/^outbox_waiting \d+$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
  });

  test.each([
    ['X-Forwarded-For', '127.0.0.1'],
    ['Forwarded', 'for=127.0.0.1'],
    ['Via', '1.1 proxy'],
    ['Host', 'thidua.example'],
  ])('is not there for whoever comes through a proxy (%s)', async (name, value) => {
    const reply = await bare('/metrics', { [name]: value });
    expect(JSON.parse(reply.text)).toMatchObject({ status: 404, code: 'not-found' });
  });
});
