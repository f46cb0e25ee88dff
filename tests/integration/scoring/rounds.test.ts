import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clusterOfThree, demoMovement, smallSheet, unitId } from '../../support/scoringRounds.ts';
import { formWith, samples } from '../../support/sampleFiles.ts';
import { startTestServer, type Client, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
let agency: Client;
let clusterId: string;
let sheetId: string;
const NOBODY = '00000000-0000-7000-8000-000000000000';

beforeAll(async () => {
  server = await startTestServer();
  clusterId = await clusterOfThree(server);
  sheetId = await smallSheet(server);
  agency = await server.as('snv.chuyenvien');
});

afterAll(() => server.close());

function prepare(overrides: object = {}) {
  return agency.post('/scoring-rounds', { clusterId, year: 2018, sheetId, title: 'Đợt thử', ...overrides });
}

async function openRound(overrides: object = {}): Promise<string> {
  const made = await prepare(overrides);
  const opened = await agency.post(`/scoring-rounds/${made.body.id}/events`, { type: 'OPEN' });
  expect(opened.status).toBe(200);
  return `/scoring-rounds/${made.body.id}`;
}

describe('preparing a round', () => {
  test('is the agency’s, names its cluster, sheet, movement and assessors, and shows who takes part', async () => {
    const movementId = await demoMovement(server);
    const made = await prepare({ movementId });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      clusterId,
      sheetId,
      movementId,
      year: 2018,
      clusterName: 'Cụm thử',
      sheetTitle: 'Bảng thử',
      assessors: [{ unitId: await unitId(server, 'sotaichinh'), code: 'sotaichinh', name: 'Sở Tài chính' }],
      knockouts: [],
    });
    expect(made.body['members']).toMatchObject([
      {
        code: 'dakglei',
        position: 'lead',
        selfHandedIn: false,
        clusterSheetsHandedIn: 0,
        clusterSheetsOwed: 2,
      },
      { code: 'dakha', position: 'deputy' },
      { code: 'kontum', position: 'member' },
    ]);
    const unit = await server.as('dakglei.lanhdao');
    const refused = await unit.post('/scoring-rounds', { clusterId, year: 2018, sheetId, title: 'x' });
    expect(refused.status).toBe(403);
  });

  test('is refused for a cluster, sheet or movement that is not there', async () => {
    const places = async (overrides: object) => {
      const reply = await prepare(overrides);
      expect(reply.status).toBe(422);
      return reply.body.errors.map(({ pointer }) => pointer);
    };
    expect(await places({ clusterId: NOBODY })).toEqual(['/clusterId']);
    expect(await places({ sheetId: NOBODY })).toEqual(['/sheetId']);
    expect(await places({ movementId: NOBODY })).toEqual(['/movementId']);
  });

  test('with an unpublished sheet stays a draft, and the refusal says why', async () => {
    const draft = await smallSheet(server, false);
    const made = await prepare({ sheetId: draft });
    const refused = await agency.post(`/scoring-rounds/${made.body.id}/events`, { type: 'OPEN' });
    expect(refused.status).toBe(409);
    expect(refused.body.missing.map(({ fact }) => fact)).toEqual(['sheetReady']);
    const unit = await server.as('dakglei.canbo');
    expect((await unit.get(`/criteria-sheets/${draft}`)).status).toBe(404);
    expect((await agency.get(`/criteria-sheets/${draft}`)).status).toBe(200);
  });
});

describe('saving at the same time', () => {
  test('keeps every part: twenty criteria saves of one sheet lose nothing', async () => {
    const path = await openRound();
    const sheet = `${path}/sheets/${await unitId(server, 'kontum')}/self`;
    const member = await server.as('kontum.canbo');
    const cells = [
      { A1: { target: '10', actual: '7' } },
      { A2: { target: '10', actual: '9' } },
      { A3: { achieved: true } },
      { A4: { count: '1' } },
      { B1: { points: '1' } },
      { B2: { points: '2' } },
    ];
    const saved = await Promise.all(cells.map((each) => member.put(sheet, { cells: each })));
    expect(saved.map(({ status }) => status)).toEqual(cells.map(() => 200));
    expect(saved.map(({ headers }) => headers.get('etag')).sort()).toEqual(
      cells.map((_, index) => `"${index + 1}"`),
    );
    const seen = await member.get(`${path}/sheets?layer=self`);
    expect(seen.body.items[0]?.['cells']).toEqual(Object.assign({}, ...cells));
    const history = await member.get(`${path}/history`);
    expect(history.body.items.map(({ type }) => type)).toEqual([
      'CREATED',
      'OPEN',
      ...cells.map(() => 'scoreSheetSaved'),
    ]);
  });

  test('of two who saw the same revision, one is told to reload', async () => {
    const path = await openRound();
    const sheet = `${path}/sheets/${await unitId(server, 'kontum')}/self`;
    const member = await server.as('kontum.canbo');
    const replies = await Promise.all(
      ['1', '2'].map((points) => member.put(sheet, { cells: { B1: { points } } }, { 'If-Match': '"0"' })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});

describe('evidence', () => {
  test('is the caller’s own upload, and read by those who may read the sheet', async () => {
    const path = await openRound();
    const sheet = `${path}/sheets/${await unitId(server, 'kontum')}/self`;
    const member = await server.as('kontum.canbo');
    const other = await server.as('dakha.canbo');
    const foreign = await other.post('/files', formWith(samples.pdf('của người khác'), 'b.pdf'));
    const refused = await member.put(sheet, {
      cells: { B1: { points: '9', evidence: [foreign.body.id, NOBODY] } },
    });
    expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual([
      '/cells/B1/evidence/0',
      '/cells/B1/evidence/1',
    ]);

    const file = await member.post('/files', formWith(samples.pdf('minh chứng'), 'a.pdf'));
    const saved = await member.put(sheet, { cells: { B1: { points: '9', evidence: [file.body.id] } } });
    expect(saved.status).toBe(200);
    const leader = await server.as('kontum.lanhdao');
    expect((await leader.get(`/files/${file.body.id}`)).status).toBe(200);
    expect((await other.get(`/files/${file.body.id}`)).status).toBe(404);
    const kept = await leader.put(sheet, { cells: { B1: { points: '8', evidence: [file.body.id] } } });
    expect(kept.status).toBe(200);
  });
});

describe('a stage that is opened again', () => {
  test('waits until everybody has handed in again, changed or not', async () => {
    const path = await openRound();
    const events = (type: string) => agency.post(`${path}/events`, { type });
    const units = ['dakglei', 'dakha', 'kontum'];
    const handIn = async (unit: string) => {
      const officer = await server.as(`${unit}.canbo`);
      const reply = await officer.put(`${path}/sheets/${await unitId(server, unit)}/self`, {
        handedIn: true,
      });
      expect(reply.status).toBe(200);
      return reply.headers.get('etag');
    };
    for (const unit of units) await handIn(unit);
    expect((await events('CLOSE_SELF_SCORING')).status).toBe(200);
    const head = await server.as('snv.lanhdao');
    const reopen = { type: 'REOPEN', to: 'selfScoring', reason: 'Chấm lại theo số liệu mới' };
    expect((await head.post(`${path}/events`, reopen)).body.workflow.state).toBe('selfScoring');
    const refused = await events('CLOSE_SELF_SCORING');
    expect(refused.body.missing.map(({ fact }) => fact)).toEqual(['selfScoringClosable']);
    for (const unit of units) expect(await handIn(unit)).toBe('"2"');
    expect(await handIn('kontum')).toBe('"2"');
    expect((await events('CLOSE_SELF_SCORING')).body.workflow.state).toBe('crossScoring');
  });
});

describe('the time of cross-scoring', () => {
  test('ends it where members and departments have not handed in', async () => {
    const path = await openRound();
    const events = (type: string) => agency.post(`${path}/events`, { type });
    for (const unit of ['dakglei', 'dakha', 'kontum']) {
      const officer = await server.as(`${unit}.canbo`);
      await officer.put(`${path}/sheets/${await unitId(server, unit)}/self`, { handedIn: true });
    }
    expect((await events('CLOSE_SELF_SCORING')).status).toBe(200);
    for (const [scorer, ...units] of [
      ['dakglei', 'dakha', 'kontum'],
      ['dakha', 'dakglei', 'kontum'],
      ['kontum', 'dakglei', 'dakha'],
    ] as const) {
      const officer = await server.as(`${scorer}.canbo`);
      for (const unit of units) {
        await officer.put(`${path}/sheets/${await unitId(server, unit)}/cluster`, { handedIn: true });
      }
    }
    // All members are done and their deadlines closed; the department still owes its sheets.
    expect((await events('CLOSE_CROSS_SCORING')).body.missing.map(({ fact }) => fact)).toEqual([
      'crossScoringClosable',
    ]);
    await (await server.as('admin')).put('/demo/clock', { now: '2018-06-01T02:00:00.000Z' });
    expect((await events('CLOSE_CROSS_SCORING')).body.workflow.state).toBe('explanation');
    expect((await events('CLOSE_EXPLANATION')).body.workflow.state).toBe('verification');
    const empty = await events('FINALIZE');
    expect(empty.body.missing.map(({ fact }) => fact)).toEqual(['resultComputable']);
  });
});
