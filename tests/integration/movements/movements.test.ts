import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { draftMovement } from '../../support/movements.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

describe('a movement over HTTP', () => {
  test('is drafted by the agency, hidden from units, launched by the chairman and then seen by all', async () => {
    const id = await draftMovement(server);
    const unit = await server.as('dakglei.canbo');
    const chairman = await server.as('chutich');
    expect((await unit.get(`/movements/${id}`)).status).toBe(404);

    const launched = await chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' });
    expect(launched.status).toBe(200);
    expect(launched.body.workflow).toMatchObject({ state: 'running', revision: 2 });
    expect(launched.headers.get('etag')).toBe('"2"');
    expect((await unit.get(`/movements/${id}`)).body.workflow.allowedEvents).toEqual([]);
    expect((await unit.post(`/movements/${id}/events`, { type: 'CANCEL', reason: 'thử' })).status).toBe(403);

    const again = await chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'event-not-allowed', status: 409 });
  });

  test('without targets cannot be launched, and the refusal names what is missing', async () => {
    const id = await draftMovement(server, { targets: [] });
    const chairman = await server.as('chutich');
    const refused = await chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' });
    expect(refused.status).toBe(409);
    expect(refused.body.missing.map(({ fact }) => fact)).toEqual(['planComplete']);
  });
});
