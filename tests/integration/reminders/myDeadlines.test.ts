import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDeadline, openMany } from '../../support/reminders.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

async function owed(username: string, query = ''): Promise<{ ids: string[]; nextCursor: string | null }> {
  const { status, body } = await (await server.as(username)).get(`/deadlines${query}`);
  expect(status).toBe(200);
  return { ids: body.items.map(({ id }) => id), nextCursor: body.nextCursor };
}

const span = { openedOn: '2018-01-02', dueOn: '2018-01-16' };

describe('what a person owes', () => {
  test('is what its unit, its cluster as lead, or its office owes, and nobody else’s', async () => {
    const { db } = server.database;
    const unit = await openDeadline(db, { ...span, kind: 'supplement', owedBy: 'unit', owedUnit: 'dakglei' });
    const lead = await openDeadline(db, {
      ...span,
      kind: 'clusterReview',
      owedBy: 'clusterLead',
      owedCluster: 'cum-huyen',
      caseUnit: 'dakglei',
    });
    const leadsOwn = await openDeadline(db, {
      ...span,
      kind: 'clusterReview',
      owedBy: 'clusterLead',
      owedCluster: 'cum-huyen',
      caseUnit: 'dakha',
    });
    const office = await openDeadline(db, { ...span, kind: 'signature', owedBy: 'chairman' });
    expect((await owed('dakglei.canbo')).ids).toEqual([unit.id]);
    expect((await owed('dakglei.lanhdao')).ids).toEqual([unit.id]);
    expect((await owed('dakha.canbo')).ids).toEqual([lead.id]);
    expect((await owed('ngochoi.lanhdao')).ids).toEqual([leadsOwn.id]);
    expect((await owed('chutich')).ids).toEqual([office.id]);
    for (const username of ['kontum.canbo', 'snv.chuyenvien', 'admin', 'thanhtra']) {
      expect((await owed(username)).ids).toEqual([]);
    }
    expect((await server.anonymous.get('/deadlines')).status).toBe(401);
  });

  test('comes by due day and page by page, without those that are done', async () => {
    const { db } = server.database;
    const late = await openMany(db, 2, { ...span, kind: 'minutes', owedBy: 'councilSecretary' });
    const [soon = ''] = await openMany(db, 1, {
      ...span,
      dueOn: '2018-01-05',
      kind: 'minutes',
      owedBy: 'councilSecretary',
    });
    const [done = ''] = await openMany(db, 1, { ...span, kind: 'minutes', owedBy: 'councilSecretary' });
    await db('deadlines').where({ id: done }).update({ closed_on: '2018-01-03', outcome: 'met' });
    const first = await owed('hd.thuky', '?limit=2');
    const second = await owed('hd.thuky', `?limit=2&cursor=${first.nextCursor ?? ''}`);
    expect([...first.ids, ...second.ids]).toEqual([soon, ...[...late].sort()]);
    expect(second.nextCursor).toBeNull();
    for (const cursor of ['nonsense', '2018-99-99_0192e4a0-0000-7000-8000-000000000001', '2018-01-05_x']) {
      expect((await (await server.as('hd.thuky')).get(`/deadlines?cursor=${cursor}`)).status).toBe(422);
    }
  });
});
