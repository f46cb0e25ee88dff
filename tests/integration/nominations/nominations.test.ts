import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

describe('drafting', () => {
  test('a unit drafts its own nomination', async () => {
    const unit = await server.as('dakglei.canbo');
    const me = await unit.get('/me');
    const [office] = me.body['offices'] as { unitId: string }[];
    const reply = await unit.post('/nominations', {
      awardCode: 'provincial_emulation_flag',
      unitId: office?.unitId,
      year: 2018,
      subjectType: 'collective',
      subjectName: 'Huyện Đăk Glei',
      achievement: 'Thành tích',
    });
    expect(reply.status).toBe(201);
  });
});
