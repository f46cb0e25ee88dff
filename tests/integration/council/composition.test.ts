import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nominationBeforeCouncil } from '../../support/councilCases.ts';
import { voteRule } from '../../support/councilRules.ts';
import { draftSitting } from '../../support/councilSitting.ts';
import { awards, draft as draftNomination } from '../../support/nominations.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const draft = async () =>
  draftSitting(server, [await nominationBeforeCouncil(server, { sheet: null, vote: voteRule() })]);

const seatsOf = (body: object) => (body as { members: { memberId: string }[] }).members;

describe('the members of a session', () => {
  test('are those of the council on the day for which it is convened, not on the day it was drafted', async () => {
    const sitting = await draft();
    const admin = await server.as('admin');
    const left = sitting.seat('hd.13');
    await admin.patch(`/offices/${left}`, { validTo: '2018-01-05' });
    const { id } = (await (await server.as('thanhtra')).get('/me')).body;
    const joined = await admin.post(`/accounts/${id}/offices`, {
      role: 'councilMember',
      title: 'Ủy viên Hội đồng mới',
      validFrom: '2018-01-06',
    });

    const seats = seatsOf(await sitting.must('CONVENE', { date: '2018-01-10' })).map(
      ({ memberId }) => memberId,
    );
    expect([seats.length, seats.includes(left), seats.includes(joined.body.id)]).toEqual([13, false, true]);

    const early = await draft();
    const before = seatsOf(await early.must('CONVENE', { date: '2018-01-03' }));
    expect(before.map(({ memberId }) => memberId)).toContain(left);
  });

  test('are not taken from a day that is over', async () => {
    const sitting = await draft();
    const refused = await sitting.send('CONVENE', { date: '2018-01-01' });
    expect([refused.status, refused.body.errors.map(({ pointer }) => pointer)]).toEqual([422, ['/date']]);
    expect((await sitting.read()).workflow.state).toBe('draft');
  });
});

describe('a case that the council cannot see', () => {
  test('is as unknown to its secretary as one that is not there', async () => {
    const drafted = await draftNomination(server, 'dakglei', awards.scores);
    const secretary = await server.as('hd.thuky');
    const asked = { title: 'Phiên họp', nominationIds: [drafted.id] };
    const reply = await secretary.post('/council-sessions', asked);
    expect([reply.status, reply.body.errors]).toEqual([
      422,
      [{ pointer: '/nominationIds/0', message: 'Không có hồ sơ này.' }],
    ]);
  });
});
