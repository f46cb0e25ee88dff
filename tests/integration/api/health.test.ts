import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from '../../../db/connect.ts';
import { NEWEST_MIGRATION } from '../../../db/migrations/index.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

async function probe(path: string) {
  const response = await fetch(`${server.url}${path}`, { headers: { 'Accept-Language': 'en' } });
  return {
    status: response.status,
    type: response.headers.get('content-type')?.split(';')[0],
    body: (await response.json()) as Record<string, unknown>,
  };
}

describe('health', () => {
  test('a process that answers is live', async () => {
    expect(await probe('/health/live')).toEqual({
      status: 200,
      type: 'application/json',
      body: { status: 'live' },
    });
  });

  test('is ready with the database there and migrated, not ready while the newest migration is missing', async () => {
    expect((await probe('/health/ready')).body).toEqual({ status: 'ready' });

    const owner = connect(server.database.ownerUrl, { poolSize: 1 });
    try {
      await owner('knex_migrations').where({ name: NEWEST_MIGRATION }).update({ name: 'older' });
      const answer = await probe('/health/ready');
      expect(answer).toMatchObject({
        status: 503,
        type: 'application/problem+json',
        body: { code: 'not-ready', status: 503, detail: 'The database lacks the newest migration.' },
      });
      await owner('knex_migrations').where({ name: 'older' }).update({ name: NEWEST_MIGRATION });
    } finally {
      await owner.destroy();
    }
    expect((await probe('/health/ready')).status).toBe(200);
  });

  test('is live but not ready without its database', async () => {
    await server.database.db.destroy();
    expect(await probe('/health/ready')).toMatchObject({
      status: 503,
      body: { code: 'not-ready', detail: 'The database does not answer.' },
    });
    expect((await probe('/health/live')).status).toBe(200);
  });
});
