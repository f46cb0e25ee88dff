import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DeadlineRow } from '../../../db/deadlines.ts';
import { resultsOf } from '../../../db/roundResults.ts';
import { recomputeRound } from '../../../services/scoring/rounds/computeRound.ts';
import { clusterOfThree, smallSheet, unitId } from '../../support/scoringRounds.ts';
import { startTestServer, type Reply, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
let path: string;
let roundId: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startTestServer();
  const clusterId = await clusterOfThree(server);
  for (const code of ['dakglei', 'dakha', 'kontum', 'sotaichinh']) ids[code] = await unitId(server, code);
  const agency = await server.as('snv.chuyenvien');
  const made = await agency.post('/scoring-rounds', {
    clusterId,
    year: 2018,
    sheetId: await smallSheet(server),
    title: 'Chấm điểm thử',
  });
  expect(made.status).toBe(201);
  roundId = made.body.id;
  path = `/scoring-rounds/${roundId}`;
});

afterAll(() => server.close());

async function send(username: string, event: object): Promise<Reply> {
  return (await server.as(username)).post(`${path}/events`, event);
}

async function save(
  username: string,
  unit: string,
  layer: string,
  body: object,
  headers?: Record<string, string>,
): Promise<Reply> {
  return (await server.as(username)).put(`${path}/sheets/${ids[unit] ?? ''}/${layer}`, body, headers);
}

/** Who sees which sheets, as `unit/layer/scorer` in code words. */
async function seenBy(username: string): Promise<string[]> {
  const reply = await (await server.as(username)).get(`${path}/sheets`);
  const code = (id: unknown) => Object.keys(ids).find((each) => ids[each] === id) ?? '-';
  return reply.body.items
    .map((sheet) => `${code(sheet['unitId'])}/${String(sheet['layer'])}/${code(sheet['scorerUnitId'])}`)
    .sort();
}

async function moveTo(day: string): Promise<void> {
  const moved = await (await server.as('admin')).put('/demo/clock', { now: `${day}T02:00:00.000Z` });
  expect(moved.status).toBe(200);
}

type OwedPart = Pick<DeadlineRow, 'owed_unit_id' | 'closed_on' | 'outcome' | 'due_on'>;

const SELF = {
  dakglei: {
    A1: { target: '10', actual: '8' },
    A2: { target: '100', actual: '90' },
    A3: { achieved: true },
    A4: { count: '3' },
    B1: { points: '9' },
    B2: { points: '7.25' },
    D1: { count: '3' },
    E1: { count: '1' },
  },
  dakha: {
    A1: { target: '10', actual: '12' },
    A2: { target: '50', actual: '60' },
    A3: { achieved: true },
    A4: { count: '4' },
    B1: { points: '8' },
    B2: { points: '6' },
    D1: { count: '0' },
  },
  kontum: {
    A1: { target: '10', actual: '10' },
    A2: { target: '100', actual: '80' },
    A3: { achieved: false },
    A4: { assigned: false },
    B1: { points: '7' },
  },
};

describe('a round of three units over HTTP', () => {
  test('is hidden from others before it opens, and opened by the lead', async () => {
    expect((await (await server.as('konray.canbo')).get(path)).status).toBe(404);
    expect((await (await server.as('sotaichinh.canbo')).get(path)).status).toBe(404);
    const early = await save('kontum.canbo', 'kontum', 'self', { cells: {} });
    expect(early).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
    expect((await send('kontum.canbo', { type: 'OPEN' })).status).toBe(403);
    const opened = await send('dakglei.canbo', { type: 'OPEN' });
    expect(opened.body.workflow.state).toBe('selfScoring');
    // The answer shows what the event itself opened: each member owes, so nobody may close the stage yet.
    expect(opened.body['deadlines']).toHaveLength(3);
    expect(opened.body.workflow.allowedEvents).toEqual([]);
    expect((await (await server.as('sotaichinh.canbo')).get(path)).status).toBe(200);
    const list = await (await server.as('sotaichinh.canbo')).get('/scoring-rounds');
    expect(list.body.items.map(({ id }) => id)).toEqual([roundId]);
  });

  test('takes own sheets in parts, each saved under its own revision, and shows them to nobody else', async () => {
    const first = await save('dakglei.canbo', 'dakglei', 'self', {
      cells: { A1: SELF.dakglei.A1, B1: { points: 9, note: 'Có báo cáo kèm theo' } },
    });
    expect(first.status).toBe(200);
    expect(first.headers.get('etag')).toBe('"1"');
    expect(first.body['cells']).toEqual({
      A1: { target: '10', actual: '8' },
      B1: { points: '9', note: 'Có báo cáo kèm theo' },
    });
    expect(first.body.missing).toEqual(['A2', 'A3', 'A4', 'B2', 'D1', 'E1']);
    const again = await save('dakglei.canbo', 'dakglei', 'self', { cells: { A1: SELF.dakglei.A1 } });
    expect(again.headers.get('etag')).toBe('"1"');
    const removed = await save(
      'dakglei.canbo',
      'dakglei',
      'self',
      { cells: { B1: null } },
      { 'If-Match': '"1"' },
    );
    expect(removed.body['cells']).toEqual({ A1: { target: '10', actual: '8' } });
    const stale = await save(
      'dakglei.canbo',
      'dakglei',
      'self',
      { cells: SELF.dakglei },
      { 'If-Match': '"1"' },
    );
    expect(stale).toMatchObject({ status: 412, body: { code: 'stale-revision' } });
    expect(await seenBy('dakha.canbo')).toEqual([]);
    expect(await seenBy('dakglei.lanhdao')).toEqual(['dakglei/self/dakglei']);
  });

  test('names every wrong input at its place', async () => {
    const wrong = await save('kontum.canbo', 'kontum', 'self', {
      cells: {
        A1: { target: '0', actual: '-1' },
        A3: { achieved: 'có' },
        B1: { points: '10.5' },
        B2: { points: '1', thừa: true },
        D1: { count: '1', note: '' },
        Z9: { points: '1' },
        A: { points: '1' },
        E1: { assigned: false },
      },
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/cells/A',
      '/cells/A1/actual',
      '/cells/A1/target',
      '/cells/A3/achieved',
      '/cells/B1/points',
      '/cells/B2/thừa',
      '/cells/D1/note',
      '/cells/E1/assigned',
      '/cells/Z9',
    ]);
    const points = wrong.body.errors.find(({ pointer }) => pointer === '/cells/B1/points');
    expect(points?.message).toBe('Điểm phải là số thập phân từ 0 đến 10.');
  });

  test('lets no unit write the sheet of another', async () => {
    const foreign = await save('kontum.canbo', 'dakha', 'self', { cells: SELF.dakha });
    expect(foreign.status).toBe(403);
    expect(foreign.body.detail).toBe('Bản tự chấm chỉ do chính đơn vị đó lập.');
    const agency = await save('snv.chuyenvien', 'dakha', 'self', { cells: SELF.dakha });
    expect(agency.status).toBe(403);
    const stranger = await save('konray.canbo', 'dakha', 'self', { cells: {} });
    expect(stranger.status).toBe(404);
  });

  test('waits for all own sheets, or for the end of their time', async () => {
    for (const unit of ['dakglei', 'dakha'] as const) {
      const saved = await save(`${unit}.canbo`, unit, 'self', { cells: SELF[unit], handedIn: true });
      expect(saved.body['handedIn']).toBe(true);
    }
    expect((await save('kontum.canbo', 'kontum', 'self', { cells: SELF.kontum })).status).toBe(200);
    const takenBack = await save('dakha.canbo', 'dakha', 'self', { handedIn: false });
    expect(takenBack).toMatchObject({ status: 409, body: { code: 'conflict' } });

    const deadlines = await server.database
      .db('deadlines')
      .where({ instance_id: roundId, kind: 'selfScoring' })
      .orderBy('closed_on')
      .select<OwedPart[]>('owed_unit_id', 'closed_on', 'outcome', 'due_on');
    const due = deadlines[0]?.due_on ?? '';
    expect(deadlines).toEqual([
      expect.objectContaining({ closed_on: '2018-01-02', outcome: 'met' }),
      expect.objectContaining({ closed_on: '2018-01-02', outcome: 'met' }),
      { owed_unit_id: ids['kontum'], closed_on: null, outcome: null, due_on: due },
    ]);
    const refused = await send('dakglei.canbo', { type: 'CLOSE_SELF_SCORING' });
    expect(refused.body.missing.map(({ fact }) => fact)).toEqual(['selfScoringClosable']);
    await moveTo(due);
    expect((await send('dakglei.canbo', { type: 'CLOSE_SELF_SCORING' })).status).toBe(409);
    await moveTo(dayAfter(due));
    const closed = await send('dakglei.canbo', { type: 'CLOSE_SELF_SCORING' });
    expect(closed.body.workflow.state).toBe('crossScoring');
    expect(await seenBy('kontum.canbo')).toEqual([
      'dakglei/self/dakglei',
      'dakha/self/dakha',
      'kontum/self/kontum',
    ]);
    expect(await seenBy('sotaichinh.canbo')).toHaveLength(3);
    const late = await save('kontum.canbo', 'kontum', 'self', { cells: { B2: { points: '10' } } });
    expect(late.body.detail).toBe('Chỉ tự chấm ở bước tự chấm điểm.');
  });

  test('locks own cells, also the lead’s, and leaves each criterion to its assessor', async () => {
    const detail = async (username: string, unit: string, layer: string, cells: object) => {
      const reply = await save(username, unit, layer, { cells });
      expect(reply.status).toBe(403);
      return reply.body.detail;
    };
    expect(await detail('dakglei.canbo', 'dakglei', 'cluster', { B1: { points: '10' } })).toBe(
      'Đơn vị không được chấm cho chính mình, kể cả cụm trưởng, khối trưởng.',
    );
    expect(await detail('kontum.canbo', 'dakha', 'cluster', { B2: { points: '9' } })).toBe(
      'Tiêu chí B2 không thuộc phần chấm của đơn vị: do cơ quan thường trực chấm.',
    );
    const measured = { A2: { target: '100', actual: '75', reason: 'Theo báo cáo kho bạc' } };
    expect(await detail('kontum.canbo', 'dakha', 'cluster', measured)).toBe(
      'Tiêu chí A2 tính từ số liệu: chỉ cụm trưởng, khối trưởng hoặc cấp phó xác nhận.',
    );
    expect(await detail('sotaichinh.canbo', 'kontum', 'department', { B1: { points: '9' } })).toBe(
      'Tiêu chí B1 không thuộc phần chấm của đơn vị: do cụm, khối chấm.',
    );
    expect(await detail('kontum.canbo', 'dakha', 'department', { A1: { target: '1', actual: '1' } })).toBe(
      'Chỉ sở, ngành được bảng chấm điểm giao tiêu chí mới chấm ở lớp này.',
    );
    expect(await detail('kontum.canbo', 'dakha', 'verified', { B2: { points: '9' } })).toBe(
      'Chỉ cơ quan thường trực mới thẩm định điểm.',
    );
    const forged = await save('kontum.canbo', 'dakha', 'cluster', {
      cells: { B1: { points: '9' } },
      scorerUnitId: ids['dakglei'],
    });
    expect(forged.status).toBe(403);
  });

  test('takes a measured figure once, from lead or deputy, with a reason', async () => {
    const silent = await save('dakglei.canbo', 'kontum', 'cluster', {
      cells: { A2: { target: '100', actual: '75' } },
    });
    expect(silent.body.errors.map(({ pointer }) => pointer)).toEqual(['/cells/A2/reason']);
    const corrected = { A2: { target: '100', actual: '75', reason: 'Theo báo cáo kho bạc' } };
    expect((await save('dakglei.canbo', 'kontum', 'cluster', { cells: corrected })).status).toBe(200);
    const second = await save('dakha.canbo', 'kontum', 'cluster', { cells: corrected });
    expect(second).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  test('collects cross-scores that nobody else reads, and closes when all of them are in', async () => {
    const crossScores = [
      ['dakha', 'dakglei', '8'],
      ['kontum', 'dakglei', '7'],
      ['dakglei', 'dakha', '6.5'],
      ['kontum', 'dakha', '8'],
      ['dakglei', 'kontum', '9'],
    ] as const;
    for (const [scorer, unit, points] of crossScores) {
      const body = { cells: { B1: { points } }, handedIn: true };
      expect((await save(`${scorer}.canbo`, unit, 'cluster', body)).status).toBe(200);
    }
    for (const [unit, actual] of Object.entries({ dakglei: '9', dakha: '15', kontum: '12' })) {
      const body = { cells: { A1: { target: '10', actual } }, handedIn: true };
      expect((await save('sotaichinh.canbo', unit, 'department', body)).status).toBe(200);
    }
    const refused = await send('dakha.canbo', { type: 'CLOSE_CROSS_SCORING' });
    expect(refused.body.missing.map(({ fact }) => fact)).toEqual(['crossScoringClosable']);
    await save('dakha.canbo', 'kontum', 'cluster', { cells: { B1: { points: '8.33' } }, handedIn: true });

    expect((await seenBy('kontum.canbo')).filter((sheet) => !sheet.includes('/self/'))).toEqual([
      'dakglei/cluster/kontum',
      'dakha/cluster/kontum',
    ]);
    expect((await seenBy('sotaichinh.canbo')).filter((sheet) => !sheet.includes('/self/'))).toEqual([
      'dakglei/department/sotaichinh',
      'dakha/department/sotaichinh',
      'kontum/department/sotaichinh',
    ]);
    expect(await seenBy('thanhtra')).toHaveLength(12);
    const told = async (username: string) => {
      const history = await (await server.as(username)).get(`${path}/history`);
      const last = history.body.items.filter(({ type }) => type === 'scoreSheetSaved').at(-1);
      return last?.['detail'];
    };
    const head = { unitId: ids['kontum'], layer: 'cluster', scorerUnitId: ids['dakha'] };
    expect(await told('kontum.canbo')).toEqual(head);
    expect(await told('dakha.canbo')).toEqual({
      ...head,
      changes: { B1: { from: null, to: { points: '8.33' } } },
      handedIn: true,
    });

    const closed = await send('dakha.canbo', { type: 'CLOSE_CROSS_SCORING' });
    expect(closed.body.workflow.state).toBe('explanation');
    expect(await seenBy('kontum.canbo')).toHaveLength(12);
  });

  test('is verified, knocked out and finalized with exact numbers', async () => {
    expect((await send('dakglei.canbo', { type: 'CLOSE_EXPLANATION' })).status).toBe(200);
    expect(
      (await save('snv.chuyenvien', 'kontum', 'verified', { cells: { B2: { points: '5' } } })).status,
    ).toBe(200);
    const verified = await save('snv.lanhdao', 'dakha', 'verified', { cells: { A3: { achieved: false } } });
    expect(verified.body).toMatchObject({ scorerUnitId: null, revision: 1 });
    expect(await seenBy('kontum.canbo')).toHaveLength(12);

    const agency = await server.as('snv.chuyenvien');
    const knockouts = [
      { unitId: ids['dakha'], code: 'X1', effect: 'exclude', reason: 'Người đứng đầu bị kỷ luật' },
      { unitId: ids['kontum'], code: 'X2', effect: 'hold', reason: 'Đang xác minh đơn thư' },
    ];
    expect((await (await server.as('dakglei.canbo')).put(`${path}/knockouts`, { knockouts })).status).toBe(
      403,
    );
    const foreign = [{ ...knockouts[0], unitId: ids['sotaichinh'] }];
    const unknown = await agency.put(`${path}/knockouts`, { knockouts: foreign });
    expect(unknown.body.errors.map(({ pointer }) => pointer)).toEqual(['/knockouts/0/unitId']);
    expect((await agency.put(`${path}/knockouts`, { knockouts })).body['knockouts']).toEqual(knockouts);
    expect((await (await server.as('dakglei.canbo')).get(path)).body['knockouts']).toBeNull();

    expect((await agency.get(`${path}/result`)).status).toBe(404);
    expect((await send('dakglei.canbo', { type: 'FINALIZE' })).status).toBe(403);
    expect((await send('snv.chuyenvien', { type: 'FINALIZE' })).body.workflow.state).toBe('finalized');
    const result = await (await server.as('kontum.canbo')).get(`${path}/result`);
    expect(result.body['results']).toEqual([
      {
        unitId: ids['dakglei'],
        unit: 'dakglei',
        name: 'Huyện Đăk Glei',
        total: '48.25',
        denominator: '60',
        percent: '80.4167',
        rank: 1,
        classification: 'TOT',
        base: '45.75',
        bonus: '4',
        penalty: '-1.5',
        groups: { A: '31', B: '14.75' },
        leaves: { A1: '4.5', A2: '9', A3: '10', A4: '7.5', B1: '7.5', B2: '7.25', D1: '5', E1: '-1.5' },
        missing: [],
        onHold: false,
      },
      {
        unitId: ids['dakha'],
        unit: 'dakha',
        name: 'Huyện Đăk Hà',
        total: '43.25',
        denominator: '60',
        percent: '72.0833',
        rank: null,
        classification: 'DAT',
        base: '43.25',
        bonus: '0',
        penalty: '0',
        groups: { A: '30', B: '13.25' },
        leaves: { A1: '10', A2: '10', A3: '0', A4: '10', B1: '7.25', B2: '6', D1: '0', E1: '0' },
        missing: ['E1'],
        onHold: false,
      },
      {
        unitId: ids['kontum'],
        unit: 'kontum',
        name: 'Thành phố Kon Tum',
        total: '28.17',
        denominator: '50',
        percent: '56.34',
        rank: 2,
        classification: null,
        base: '28.17',
        bonus: '0',
        penalty: '0',
        groups: { A: '14.5', B: '13.67' },
        leaves: { A1: '7', A2: '7.5', A3: '0', A4: '0', B1: '8.67', B2: '5', D1: '0', E1: '0' },
        missing: ['D1', 'E1'],
        onHold: true,
      },
    ]);
    expect((await (await server.as('sotaichinh.canbo')).get(`${path}/result`)).status).toBe(404);
  });

  test('says why a number is so', async () => {
    const member = await server.as('kontum.canbo');
    const why = await member.get(`${path}/result/explain?unitId=${ids['kontum'] ?? ''}&criterion=B1`);
    expect(why.body).toMatchObject({
      unitId: ids['kontum'],
      criterion: 'B1',
      formula: 'DIRECT',
      aggregate: 'mean',
      input: { points: '8.665' },
      exact: '8.665',
      score: '8.67',
      layers: [
        { layer: 'self', counts: false, entries: [{ scorer: null, input: { points: '7' } }] },
        {
          layer: 'cluster',
          counts: true,
          entries: [
            { scorer: 'dakglei', input: { points: '9' } },
            { scorer: 'dakha', input: { points: '8.33' } },
          ],
        },
      ],
    });
    const none = await member.get(`${path}/result/explain?unitId=${ids['kontum'] ?? ''}&criterion=Z`);
    expect(none.status).toBe(404);
  });

  test('keeps a result that computes again to the same bytes, and supersedes it when reopened', async () => {
    const { db } = server.database;
    const [kept] = await resultsOf(db, roundId);
    if (kept === undefined) throw new Error('no result is kept');
    expect(recomputeRound(kept)).toEqual({
      engine: kept.engine,
      result: kept.result,
      hash: kept.hash,
      identical: true,
    });
    expect(recomputeRound({ ...kept, hash: 'another' }).identical).toBe(false);
    await expect(db('round_results').where({ id: kept.id }).update({ hash: 'forged' })).rejects.toMatchObject(
      {
        code: '23001',
      },
    );
    await expect(db('round_results').where({ id: kept.id }).delete()).rejects.toMatchObject({
      code: '23001',
    });

    const reopen = { type: 'REOPEN', to: 'verification', reason: 'Sai số liệu thẩm định' };
    expect((await send('snv.chuyenvien', reopen)).status).toBe(403);
    expect((await send('snv.lanhdao', reopen)).body.workflow.state).toBe('verification');
    expect((await (await server.as('kontum.canbo')).get(`${path}/result`)).status).toBe(404);
    await save('snv.chuyenvien', 'dakha', 'verified', { cells: { A3: null } });
    expect((await send('snv.lanhdao', { type: 'FINALIZE' })).status).toBe(200);

    const results = await resultsOf(db, roundId);
    expect(results.map(({ superseded_reason: reason }) => reason)).toEqual(['Sai số liệu thẩm định', null]);
    expect(results[0]?.result).toEqual(kept.result);
    const standing = await (await server.as('kontum.canbo')).get(`${path}/result`);
    expect(standing.body['results']).toMatchObject([
      { total: '48.25' },
      { total: '53.25' },
      { total: '28.17' },
    ]);
  });
});

function dayAfter(day: string): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + 1);
  return moment.toISOString().slice(0, 10);
}
