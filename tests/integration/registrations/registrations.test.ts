import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type TestServer } from '../../support/testServer.ts';
import { demoMovement, unitId } from '../../support/scoringRounds.ts';

let server: TestServer;
let movementId: string;

beforeAll(async () => {
  server = await startTestServer();
  movementId = await demoMovement(server);
});

afterAll(() => server.close());

const target = { indicator: 'Giảm tỷ lệ hộ nghèo', value: '6.5', measure: 'điểm %' };

async function draft(unit: string, overrides: object = {}) {
  const officer = await server.as(`${unit}.canbo`);
  return officer.post('/registrations', {
    movementId,
    unitId: await unitId(server, unit),
    year: 2018,
    pledge: 'Mỗi xã giúp mười hộ thoát nghèo.',
    targets: [target],
    awardCodes: [],
    ...overrides,
  });
}

describe('a registration over HTTP', () => {
  test('is drafted for the own unit in its cluster of the day, changed, submitted and accepted by the lead', async () => {
    const made = await draft('dakglei');
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ unitCode: 'dakglei', year: 2018, targets: [target], awardCodes: [] });
    expect(made.body['clusterId']).toEqual(expect.any(String));
    const path = `/registrations/${made.body.id}`;
    const officer = await server.as('dakglei.canbo');
    const leader = await server.as('dakglei.lanhdao');
    const lead = await server.as('dakha.canbo');
    expect((await lead.get(path)).status).toBe(404);
    expect((await officer.post(`${path}/events`, { type: 'SUBMIT' })).status).toBe(403);

    const words = { pledge: 'Mỗi xã giúp mười hai hộ.', targets: [target], awardCodes: [] };
    const changed = await officer.put(path, words, { 'If-Match': '"1"' });
    expect(changed.status).toBe(200);
    expect(changed.body['pledge']).toBe('Mỗi xã giúp mười hai hộ.');
    expect(changed.headers.get('etag')).toBe('"2"');
    expect((await officer.put(path, words, { 'If-Match': '"1"' })).status).toBe(412);

    const submitted = await leader.post(`${path}/events`, { type: 'SUBMIT' });
    expect(submitted.body.workflow.state).toBe('submitted');
    const late = await officer.put(path, words);
    expect(late).toMatchObject({ status: 409, body: { code: 'wrong-state' } });

    const accepted = await lead.post(`${path}/events`, { type: 'ACCEPT' });
    expect(accepted.body.workflow).toMatchObject({ state: 'accepted', finished: true });
    const history = await officer.get(`${path}/history`);
    expect(history.body.items.map(({ type }) => type)).toEqual([
      'CREATED',
      'registrationChanged',
      'SUBMIT',
      'ACCEPT',
    ]);
  });

  test('without targets is not submitted, and the refusal says what is missing', async () => {
    const made = await draft('konray', { targets: [] });
    const leader = await server.as('konray.lanhdao');
    const refused = await leader.post(`/registrations/${made.body.id}/events`, { type: 'SUBMIT' });
    expect(refused.status).toBe(409);
    expect(refused.body.missing.map(({ fact }) => fact)).toEqual(['hasTargets']);
  });

  test('stands once per movement, unit and year, until it is withdrawn', async () => {
    const attempts = await Promise.all([1, 2, 3, 4].map(() => draft('sathay')));
    expect(attempts.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const refused = attempts.find(({ status }) => status === 409);
    expect(refused?.body.code).toBe('conflict');
    expect((await draft('sathay', { year: 2019 })).status).toBe(201);

    const made = attempts.find(({ status }) => status === 201);
    const leader = await server.as('sathay.lanhdao');
    const path = `/registrations/${made?.body.id ?? ''}/events`;
    expect((await leader.post(path, { type: 'WITHDRAW', reason: 'Soạn lại' })).status).toBe(200);
    expect((await draft('sathay')).status).toBe(201);
  });

  test('is refused for another unit, an unknown movement or award, and a year outside the movement', async () => {
    const officer = await server.as('dakto.canbo');
    const foreign = await officer.post('/registrations', {
      movementId,
      unitId: await unitId(server, 'dakglei'),
      year: 2018,
      pledge: 'x',
      targets: [],
      awardCodes: [],
    });
    expect(foreign.status).toBe(403);
    const places = async (overrides: object) => {
      const reply = await draft('dakto', overrides);
      return { status: reply.status, pointers: reply.body.errors.map(({ pointer }) => pointer) };
    };
    expect(await places({ movementId: '00000000-0000-7000-8000-000000000000' })).toEqual({
      status: 422,
      pointers: ['/movementId'],
    });
    expect(await places({ year: 2031 })).toEqual({ status: 422, pointers: ['/year'] });
    expect(await places({ awardCodes: ['no_such_award'] })).toEqual({
      status: 422,
      pointers: ['/awardCodes/0'],
    });
    expect(await places({ targets: [{ ...target, value: '6,5' }] })).toEqual({
      status: 422,
      pointers: ['/targets/0/value'],
    });
  });

  test('is returned to the unit by the deputy when it is the lead’s own, never by the lead itself', async () => {
    const made = await draft('dakha');
    const path = `/registrations/${made.body.id}/events`;
    const leader = await server.as('dakha.lanhdao');
    await leader.post(path, { type: 'SUBMIT' });
    expect((await leader.post(path, { type: 'ACCEPT' })).status).toBe(403);
    const deputy = await server.as('ngochoi.canbo');
    const returned = await deputy.post(path, { type: 'RETURN', reason: 'Thiếu lộ trình' });
    expect(returned.body.workflow.state).toBe('draft');
    const stranger = await server.as('mttq.canbo');
    expect((await stranger.get(`/registrations/${made.body.id}`)).status).toBe(404);
  });
});
