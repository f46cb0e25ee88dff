import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nominationBeforeCouncil } from '../../support/councilCases.ts';
import { sheetRule, voteRule } from '../../support/councilRules.ts';
import { COUNCIL, draftSitting, openSitting, type Sitting } from '../../support/councilSitting.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

interface CaseView {
  state: string;
  reason: string | null;
  scoring: {
    handedIn: number;
    eligible: number;
    mayScore: boolean;
    ownSheet: unknown;
    sheets: { memberId: string; points: object }[] | null;
    result: { status: string; scorers: number; total: string; reason: { vi: string } | null } | null;
  };
}

async function caseFor(sitting: Sitting, username: string): Promise<CaseView> {
  const [only] = (await sitting.read(username))['cases'] as CaseView[];
  if (only === undefined) throw new Error('no case');
  return only;
}

async function scoringOf(council: Parameters<typeof nominationBeforeCouncil>[1], present = COUNCIL) {
  const nominationId = await nominationBeforeCouncil(server, council);
  const sitting = await draftSitting(server, [nominationId]);
  await openSitting(sitting, present);
  return { nominationId, sitting };
}

const stateOf = async (nominationId: string) =>
  (await (await server.as('snv.lanhdao')).get(`/nominations/${nominationId}`)).body.workflow.state;

const scoresOnly = { sheet: sheetRule(), vote: null };

describe('a council sheet', () => {
  test('is saved by a member for itself, part by part, and refused where it does not fit the rule', async () => {
    const { nominationId, sitting } = await scoringOf(scoresOnly);
    const early = await sitting.sheet('hd.02', nominationId, { A: '50' }, false);
    expect([early.status, early.body.code]).toEqual([409, 'wrong-state']);
    await sitting.must('OPEN_SCORING', { nominationId });

    const partial = await sitting.sheet('hd.02', nominationId, { A: '50.25' }, false);
    expect([partial.status, (await caseFor(sitting, 'hd.02')).scoring.ownSheet]).toEqual([
      200,
      { points: { A: '50.25' }, handedIn: false },
    ]);
    const wrong = await sitting.sheet('hd.02', nominationId, { A: '60.1', C: '1', B: 'x' });
    expect([wrong.status, wrong.body.errors.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/points/A', '/points/C', '/points/B'],
    ]);
    const halfway = await sitting.sheet('hd.02', nominationId, { A: '50' });
    expect(halfway.body.errors).toEqual([{ pointer: '/points/B', message: 'Chưa cho điểm.' }]);
    expect((await sitting.sheet('hd.thuky', nominationId, { A: '50' }, false)).status).toBe(403);
    expect((await sitting.sheet('snv.lanhdao', nominationId, { A: '50' }, false)).status).toBe(403);
    expect((await sitting.sheet('dakglei.canbo', nominationId, { A: '50' }, false)).status).toBe(404);
  });

  test('is read by nobody else before the close: not in the session, not in its history', async () => {
    const { nominationId, sitting } = await scoringOf(scoresOnly);
    await sitting.must('OPEN_SCORING', { nominationId });
    await sitting.sheet('hd.02', nominationId, { A: '13.579', B: '24.68' });
    for (const username of ['hd.03', 'chutich', 'hd.thuky', 'thanhtra', 'snv.lanhdao']) {
      const reader = await server.as(username);
      const shown = await reader.get(`/council-sessions/${sitting.id}`);
      const history = await reader.get(`/council-sessions/${sitting.id}/history`);
      expect([shown.status, history.status]).toEqual([200, 200]);
      expect(JSON.stringify([shown.body, history.body])).not.toMatch(/13\.579|24\.68/);
    }
    expect(await caseFor(sitting, 'hd.03')).toMatchObject({
      scoring: { handedIn: 1, sheets: null, result: null },
    });
    const own = await (await server.as('hd.02')).get(`/council-sessions/${sitting.id}`);
    expect(JSON.stringify(own.body)).toContain('13.579');
  });

  test('is not for the absent and not for a recused member', async () => {
    const { nominationId, sitting } = await scoringOf(scoresOnly, COUNCIL.slice(0, 12));
    expect((await sitting.recuse('hd.02', nominationId)).status).toBe(200);
    await sitting.must('OPEN_SCORING', { nominationId });
    expect((await sitting.sheet('hd.13', nominationId, { A: '1' }, false)).status).toBe(409);
    const recused = await sitting.sheet('hd.02', nominationId, { A: '1' }, false);
    expect([recused.status, recused.body.detail]).toEqual([
      403,
      'Thành viên đã rút khỏi việc xét hồ sơ này thì không chấm điểm, không biểu quyết.',
    ]);
    const late = await sitting.recuse('hd.03', nominationId);
    expect([late.status, late.body.code]).toEqual([409, 'wrong-state']);
  });
});

describe('the close of scoring', () => {
  test('waits for as many whole sheets as the rule asks for, then passes a case without a vote', async () => {
    const { nominationId, sitting } = await scoringOf(scoresOnly);
    await sitting.must('OPEN_SCORING', { nominationId });
    for (const username of COUNCIL.slice(0, 8)) {
      await sitting.sheet(username, nominationId, { A: '48', B: '32' });
    }
    const refused = await sitting.send('CLOSE_SCORING', { nominationId });
    expect([refused.status, refused.body.missing.map(({ fact }) => fact)]).toEqual([
      409,
      ['caseScoringClosable'],
    ]);
    await sitting.sheet('hd.09', nominationId, { A: '48', B: '32' });
    await sitting.must('CLOSE_SCORING', { nominationId });
    expect(await stateOf(nominationId)).toBe('awaitingDecision');

    const seen = await caseFor(sitting, 'hd.10');
    expect(seen).toMatchObject({
      state: 'passed',
      reason: null,
      scoring: { result: { status: 'passed', scorers: 9, total: '80', minPercent: '80', reason: null } },
    });
    expect(seen.scoring.sheets?.length).toBe(9);
    const late = await sitting.sheet('hd.10', nominationId, { A: '60', B: '40' });
    expect([late.status, late.body.code]).toEqual([409, 'wrong-state']);
  });

  test('below the minimum by a thousandth leaves the case not approved, with the reason and no ballot', async () => {
    const council = { sheet: sheetRule(), vote: voteRule() };
    const { nominationId, sitting } = await scoringOf(council, COUNCIL.slice(0, 9));
    await sitting.must('OPEN_SCORING', { nominationId });
    for (const username of COUNCIL.slice(0, 9)) {
      const points = username === 'hd.02' ? { A: '48', B: '31.991' } : { A: '48', B: '32' };
      await sitting.sheet(username, nominationId, points);
    }
    const closed = await sitting.must('CLOSE_SCORING', { nominationId });
    expect(closed['cases']).toMatchObject([
      {
        state: 'failed',
        reason: 'belowMinimumScore',
        scoring: {
          result: {
            status: 'belowMinimum',
            total: '79.999',
            minimum: '80',
            reason: { vi: 'Đạt 79,999/100 điểm, chưa tới mức tối thiểu 80% (80 điểm).' },
          },
        },
        ballot: { stage: 'waiting' },
      },
    ]);
    expect(await stateOf(nominationId)).toBe('notApproved');
    const refused = await sitting.send('OPEN_BALLOT', { nominationId });
    expect([refused.status, refused.body.code]).toEqual([409, 'event-not-allowed']);
    await sitting.must('ADJOURN');
  });

  test('with a recused member short of the scorers that the rule asks for does not pass', async () => {
    const { nominationId, sitting } = await scoringOf(scoresOnly, COUNCIL.slice(0, 9));
    await sitting.recuse('hd.02', nominationId);
    await sitting.must('OPEN_SCORING', { nominationId });
    expect(await caseFor(sitting, 'hd.03')).toMatchObject({ scoring: { eligible: 8, mayScore: true } });
    for (const username of COUNCIL.slice(0, 9).filter((one) => one !== 'hd.02')) {
      await sitting.sheet(username, nominationId, { A: '60', B: '40' });
    }
    await sitting.must('CLOSE_SCORING', { nominationId });
    expect(await caseFor(sitting, 'hd.03')).toMatchObject({
      reason: 'belowMinimumScore',
      scoring: { result: { status: 'tooFewScorers', scorers: 8, total: '100' } },
    });
    expect(await stateOf(nominationId)).toBe('notApproved');
  });

  test('drops one highest and one lowest where the rule trims, and shows names and history afterwards', async () => {
    const trimmed = { sheet: sheetRule({ aggregate: 'trimmed-mean', minScorers: 3 }), vote: null };
    const { nominationId, sitting } = await scoringOf(trimmed, COUNCIL.slice(0, 9));
    await sitting.must('OPEN_SCORING', { nominationId });
    await sitting.sheet('hd.02', nominationId, { A: '0', B: '0' });
    await sitting.sheet('hd.03', nominationId, { A: '50', B: '30' });
    await sitting.sheet('hd.04', nominationId, { A: '60', B: '40' });
    await sitting.must('CLOSE_SCORING', { nominationId });
    const { scoring } = await caseFor(sitting, 'thanhtra');
    expect(scoring.result).toMatchObject({ total: '80', status: 'passed' });
    expect(new Map(scoring.sheets?.map(({ memberId, points }) => [memberId, points]))).toEqual(
      new Map([
        [sitting.seat('hd.02'), { A: '0', B: '0' }],
        [sitting.seat('hd.03'), { A: '50', B: '30' }],
        [sitting.seat('hd.04'), { A: '60', B: '40' }],
      ]),
    );
    const history = await sitting.secretary.get(`/council-sessions/${sitting.id}/history`);
    const saved = history.body.items.filter((entry) => entry['type'] === 'SHEET_SAVED');
    expect(saved.map((entry) => entry['detail'])).toContainEqual({
      nominationId,
      memberId: sitting.seat('hd.03'),
      handedIn: true,
      points: { A: '50', B: '30' },
    });
  });

  test('that was never handed in, or not yet, is shown to nobody, in history neither', async () => {
    const early = { sheet: sheetRule({ minScorers: 3 }), vote: null };
    const { nominationId, sitting } = await scoringOf(early, COUNCIL.slice(0, 9));
    await sitting.must('OPEN_SCORING', { nominationId });
    await sitting.sheet('hd.02', nominationId, { A: '1.23' }, false);
    await sitting.sheet('hd.03', nominationId, { A: '4.56' }, false);
    for (const username of ['hd.03', 'hd.04', 'hd.05']) {
      await sitting.sheet(username, nominationId, { A: '50', B: '30' });
    }
    await sitting.must('CLOSE_SCORING', { nominationId });
    const reader = await server.as('thanhtra');
    const history = await reader.get(`/council-sessions/${sitting.id}/history`);
    const shown = await reader.get(`/council-sessions/${sitting.id}`);
    expect(JSON.stringify([history.body, shown.body])).not.toMatch(/\b(?:1\.23|4\.56)\b/);
  });
});

describe('a case that will be voted on in secret', () => {
  test('keeps its sheets without names after the close, and nothing else that tells whose they were', async () => {
    const council = { sheet: sheetRule({ minScorers: 3 }), vote: voteRule({ method: 'secret' }) };
    const { nominationId, sitting } = await scoringOf(council, COUNCIL.slice(0, 9));
    await sitting.must('OPEN_SCORING', { nominationId });
    const key = { 'Idempotency-Key': 'phieu-1' };
    const path = `/council-sessions/${sitting.id}/cases/${nominationId}/sheet`;
    const member = await server.as('hd.02');
    const sheet = { points: { A: '57.531', B: '31' }, handedIn: true };
    expect((await member.put(path, sheet, key)).status).toBe(200);
    expect((await member.get(path)).body).toEqual({ sheet });
    expect((await (await server.as('hd.03')).get(path)).body).toEqual({ sheet: null });
    expect((await sitting.secretary.get(path)).status).toBe(403);
    await sitting.sheet('hd.03', nominationId, { A: '50', B: '30' });
    await sitting.sheet('hd.04', nominationId, { A: '59', B: '39' });
    await sitting.sheet('hd.05', nominationId, { A: '1' }, false);
    const close = { type: 'CLOSE_SCORING', nominationId };
    const chairKey = { 'Idempotency-Key': 'dong-cham-1' };
    const events = `/council-sessions/${sitting.id}/events`;
    await sitting.sheet('chutich', nominationId, { A: '58.642', B: '38' });
    expect((await sitting.chairman.post(events, close, chairKey)).status).toBe(200);

    const { db } = server.database;
    const kept = await db('council_sheets')
      .where({ nomination_id: nominationId })
      .select<{ id: string; member_id: string | null; points: object; updated_at: Date }[]>();
    expect(kept.map(({ member_id }) => member_id)).toEqual([null, null, null, null]);
    expect(kept.map(({ points }) => points)).toEqual([
      { A: '50', B: '30' },
      { A: '57.531', B: '31' },
      { A: '58.642', B: '38' },
      { A: '59', B: '39' },
    ]);
    expect(new Set(kept.map(({ updated_at }) => updated_at.getTime())).size).toBe(1);
    expect(kept.every(({ id }) => id.charAt(14) === '4')).toBe(true);

    const details = await db('history_details').where({ instance_id: sitting.id }).select('detail');
    const receipts = await db('receipts').select('answer');
    expect(JSON.stringify([details, receipts])).not.toMatch(/57\.531|58\.642/);
    expect((await member.get(path)).body).toEqual({ sheet: null });

    const seen = await caseFor(sitting, 'hd.02');
    expect(seen.scoring).toMatchObject({
      result: { status: 'passed', scorers: 4 },
      sheets: null,
      ownSheet: null,
    });
    expect(seen.state).toBe('scored');
  });
});
