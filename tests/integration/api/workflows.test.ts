import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { all } from '../../../workflows/registry.ts';
import { startTestServer, type Client, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
let reader: Client;

beforeAll(async () => {
  server = await startTestServer();
  reader = await server.as('dakglei.canbo');
});

afterAll(() => server.close());

describe('the workflows over HTTP', () => {
  test('are those that were shipped, each with its states, events and pictures', async () => {
    const { body } = await reader.get('/workflows');
    expect(body.items.map(({ name }) => name).sort()).toEqual(
      [...new Set(all().map(({ name }) => name))].sort(),
    );
    for (const item of body.items) {
      const definition = all().findLast(({ name }) => name === item['name']);
      const states = item['states'] as { name: string; events: string[] }[];
      const events = item['events'] as { type: string; system: boolean; sentBy: unknown[] }[];
      expect(states.map(({ name }) => name)).toEqual(Object.keys(definition?.states ?? {}));
      expect(events.map(({ type }) => type)).toEqual(Object.keys(definition?.events ?? {}));
      expect(new Set(states.flatMap((state) => state.events))).toEqual(
        new Set(events.map(({ type }) => type)),
      );
      // Whatever a person can send has a sender, and what only another case sends has none.
      expect(events.filter(({ system, sentBy }) => system === sentBy.length > 0)).toEqual([]);
    }
  });

  test('say who may send what with which payload', async () => {
    const { status, body } = await reader.get('/workflows/movement');
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'movement', version: 1, collection: 'movements', initial: 'draft' });
    const events = body['events'] as { type: string }[];
    expect(events.find(({ type }) => type === 'CANCEL')).toEqual({
      type: 'CANCEL',
      label: { vi: 'Hủy phong trào', en: 'Cancel' },
      system: false,
      sentBy: [{ role: 'chairman', relation: 'any', states: null }],
      payloadSchema: expect.objectContaining({ type: 'object', required: ['reason'] }),
    });
    const pictures = body['mermaid'] as { vi: string; en: string };
    expect(pictures.vi).toMatch(/^stateDiagram-v2\n/);
    expect(pictures.vi).toContain('Đang triển khai');
    expect(pictures.en).toContain('Running');
  });

  test('of no known name are not found', async () => {
    expect((await reader.get('/workflows/holiday')).status).toBe(404);
    expect((await server.anonymous.get('/workflows/movement')).status).toBe(401);
  });
});
