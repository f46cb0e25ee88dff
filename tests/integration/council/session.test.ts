import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nominationBeforeCouncil } from '../../support/councilCases.ts';
import { sheetRule, voteRule } from '../../support/councilRules.ts';
import { COUNCIL, draftSitting, openSitting } from '../../support/councilSitting.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const nomination = (subject?: string) =>
  nominationBeforeCouncil(server, { sheet: sheetRule(), vote: voteRule() }, subject);

const draft = (nominationIds: string[]) => ({ title: 'Phiên họp', nominationIds });

describe('drafting a session', () => {
  test('freezes the whole council of thirteen, the chairman first, and the rules of each case', async () => {
    const nominationId = await nomination('Xã Đăk Long');
    const sitting = await draftSitting(server, [nominationId]);
    const body = await sitting.read('hd.05');
    expect(body).toMatchObject({
      title: 'Phiên họp thử',
      date: null,
      memberId: sitting.seat('hd.05'),
      quorum: { members: 13, present: 0, needed: 9, met: false },
    });
    const members = body['members'] as { chairs: boolean; present: unknown }[];
    expect(members.map(({ chairs }) => chairs)).toEqual([true, ...Array<boolean>(12).fill(false)]);
    expect(members.map(({ present }) => present)).toEqual(Array<null>(13).fill(null));
    expect(body['cases']).toMatchObject([
      {
        nominationId,
        subjectName: 'Xã Đăk Long',
        state: 'waiting',
        scoring: { stage: 'waiting', rule: sheetRule(), result: null },
        ballot: { stage: 'waiting', rule: voteRule(), fixed: false, base: 13, needed: 11 },
      },
    ]);
  });

  test('is for the secretary, and hidden from units', async () => {
    const nominationId = await nomination();
    const chairman = await server.as('chutich');
    expect((await chairman.post('/council-sessions', draft([nominationId]))).status).toBe(403);
    const sitting = await draftSitting(server, [nominationId]);
    const unit = await server.as('dakglei.lanhdao');
    expect((await unit.get(`/council-sessions/${sitting.id}`)).status).toBe(404);
    expect((await unit.get('/council-sessions')).body.items).toEqual([]);
  });

  test('refuses a case that is unknown, listed twice, not before the council, or in another session', async () => {
    const secretary = await server.as('hd.thuky');
    const [taken, gone] = [await nomination(), await nomination()];
    const unknown = '01920000-0000-7000-8000-000000000000';
    const wrong = await secretary.post('/council-sessions', draft([taken, unknown, taken]));
    expect([wrong.status, wrong.body.errors.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/nominationIds/1', '/nominationIds/2'],
    ]);

    const sitting = await draftSitting(server, [taken]);
    const again = await secretary.post('/council-sessions', draft([taken]));
    expect([again.status, again.body.code]).toEqual([409, 'conflict']);
    await sitting.must('CANCEL', { reason: 'Hoãn họp' });
    expect((await secretary.post('/council-sessions', draft([taken]))).status).toBe(201);

    const agency = await server.as('snv.lanhdao');
    const held = await agency.post(`/nominations/${gone}/events`, { type: 'HOLD', reason: 'Có đơn thư' });
    expect(held.status).toBe(200);
    const refused = await secretary.post('/council-sessions', draft([gone]));
    expect([refused.status, refused.body.code]).toEqual([409, 'wrong-state']);
  });

  test('of one case by two at once succeeds once', async () => {
    const nominationId = await nomination();
    const secretary = await server.as('hd.thuky');
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => secretary.post('/council-sessions', draft([nominationId]))),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  test('sets the agenda anew while it is a draft, and not after', async () => {
    const [first, second] = [await nomination('Một'), await nomination('Hai')];
    const sitting = await draftSitting(server, [first]);
    const agenda = `/council-sessions/${sitting.id}/agenda`;
    const changed = await sitting.secretary.put(agenda, { nominationIds: [second, first] });
    expect(changed.status).toBe(200);
    expect(changed.body['cases']).toMatchObject([
      { ordinal: 1, subjectName: 'Hai' },
      { ordinal: 2, subjectName: 'Một' },
    ]);
    expect((await sitting.chairman.put(agenda, { nominationIds: [] })).status).toBe(403);
    await sitting.must('CONVENE', { date: '2018-01-10' });
    const late = await sitting.secretary.put(agenda, { nominationIds: [first] });
    expect([late.status, late.body.code]).toEqual([409, 'wrong-state']);
  });

  test('cannot be convened without cases, and the refusal says so', async () => {
    const sitting = await draftSitting(server, []);
    const refused = await sitting.send('CONVENE', { date: '2018-01-10' });
    expect([refused.status, refused.body.missing.map(({ fact }) => fact)]).toEqual([409, ['hasCases']]);
  });
});

describe('presence', () => {
  test('of two thirds of all members opens the session; one less does not, and the quorum is named', async () => {
    const sitting = await draftSitting(server, [await nomination()]);
    expect((await sitting.presence('hd.02', true)).status).toBe(409);
    await sitting.must('CONVENE', { date: '2018-01-10', place: 'Phòng họp số 1' });
    for (const username of COUNCIL.slice(0, 8)) await sitting.presence(username, true);
    const refused = await sitting.send('OPEN');
    expect([refused.status, refused.body.missing.map(({ fact }) => fact)]).toEqual([409, ['quorum']]);
    expect((await sitting.read()).workflow.allowedEvents.map(({ type }) => type)).not.toContain('OPEN');

    await sitting.presence('hd.09', true);
    const opened = await sitting.must('OPEN');
    expect(opened).toMatchObject({
      date: '2018-01-10',
      place: 'Phòng họp số 1',
      quorum: { present: 9, met: true },
    });
  });

  test('is written down by the secretary, for members of the session only, and leaves its trace', async () => {
    const sitting = await draftSitting(server, [await nomination()]);
    await sitting.must('CONVENE', { date: '2018-01-10' });
    const path = `/council-sessions/${sitting.id}/presence`;
    const member = await server.as('hd.02');
    expect((await member.put(`${path}/${sitting.seat('hd.02')}`, { present: true })).status).toBe(403);
    const stranger = '01920000-0000-7000-8000-000000000000';
    expect((await sitting.secretary.put(`${path}/${stranger}`, { present: true })).status).toBe(404);
    await sitting.presence('hd.02', true);
    await sitting.presence('hd.02', false);
    const { items } = (await sitting.secretary.get(`/council-sessions/${sitting.id}/history`)).body;
    expect(items.slice(-2)).toMatchObject([
      {
        kind: 'fact',
        type: 'PRESENCE_RECORDED',
        detail: { memberId: sitting.seat('hd.02'), present: true, reason: null },
      },
      { kind: 'fact', type: 'PRESENCE_RECORDED', detail: { present: false, reason: 'Đi công tác' } },
    ]);
  });

  test('said of an old revision is refused', async () => {
    const sitting = await draftSitting(server, [await nomination()]);
    await sitting.must('CONVENE', { date: '2018-01-10' });
    const path = `/council-sessions/${sitting.id}/presence/${sitting.seat('hd.02')}`;
    const stale = await sitting.secretary.put(path, { present: true }, { 'If-Match': '"1"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale-revision']);
  });
});

describe('the whole sitting', () => {
  test('scores, votes, adjourns, and its signed minutes say who, how many, and what came of it', async () => {
    const nominationId = await nomination('Huyện Đăk Hà');
    const sitting = await draftSitting(server, [nominationId]);
    expect((await sitting.secretary.get(`/council-sessions/${sitting.id}/minutes`)).status).toBe(409);
    const there = COUNCIL.slice(0, 12);
    await openSitting(sitting, there);
    await sitting.presence('hd.13', false);

    await sitting.must('OPEN_SCORING', { nominationId });
    expect((await sitting.send('ADJOURN')).body.missing.map(({ fact }) => fact)).toEqual(['noOpenCase']);
    for (const username of there) {
      expect((await sitting.sheet(username, nominationId, { A: '50.5', B: '35' })).status).toBe(200);
    }
    await sitting.must('CLOSE_SCORING', { nominationId });
    await sitting.must('OPEN_BALLOT', { nominationId });
    for (const username of there) {
      const choice = username === 'hd.02' ? 'abstain' : 'yes';
      expect((await sitting.vote(username, nominationId, choice)).status).toBe(201);
    }
    const closed = await sitting.must('CLOSE_BALLOT', { nominationId });
    expect(closed['cases']).toMatchObject([{ state: 'passed', nominationState: 'awaitingDecision' }]);
    const seen = await sitting.secretary.get(`/nominations/${nominationId}`);
    expect(seen.body.workflow.state).toBe('awaitingDecision');

    await sitting.must('ADJOURN');
    expect((await sitting.send('SIGN_MINUTES')).status).toBe(403);
    await sitting.must('SIGN_MINUTES', {}, 'chutich');
    const minutes = (await sitting.secretary.get(`/council-sessions/${sitting.id}/minutes`)).body;
    expect(minutes).toMatchObject({
      title: 'Phiên họp thử',
      date: '2018-01-10',
      place: 'Phòng họp số 1',
      chair: { memberId: sitting.seat('chutich') },
      secretary: { title: 'Thư ký Hội đồng Thi đua - Khen thưởng' },
      memberCount: 13,
      presentCount: 12,
      quorumNeeded: 9,
      absent: [{ memberId: sitting.seat('hd.13'), reason: 'Đi công tác' }],
      signed: { title: 'Chủ tịch Ủy ban nhân dân tỉnh' },
      cases: [
        {
          subjectName: 'Huyện Đăk Hà',
          state: 'passed',
          scoring: {
            result: {
              status: 'passed',
              scorers: 12,
              total: '85.5',
              maxPoints: '100',
              minimum: '80',
              minPercent: '80',
            },
          },
          ballot: {
            base: 13,
            needed: 11,
            rollSize: 12,
            result: { yes: 11, no: 0, abstain: 1, silent: 0, passed: true, chairOrder: null, reason: null },
          },
        },
      ],
    });
    expect((minutes['present'] as object[]).length).toBe(12);
  });
});
