import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkRoundSheet } from '../../../services/scoring/rounds/roundSheet.ts';
import { printDecimal } from '../../../services/scoring/decimalText.ts';
import { sum } from '../../../services/scoring/exact.ts';
import { demoMovement } from '../../support/scoringRounds.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

describe('the demo province at its start', () => {
  test('runs the movement of Plan 2736, launched by the chairman, with real targets and six contents', async () => {
    const unit = await server.as('dakglei.canbo');
    const path = `/movements/${await demoMovement(server)}`;
    const movement = (await unit.get(path)).body;
    expect(movement).toMatchObject({
      planNumber: '2736/KH-UBND',
      planDate: '2017-10-11',
      periodFrom: 2016,
      periodTo: 2020,
      workflow: { state: 'running', revision: 2 },
      targets: [
        { place: 'Toàn tỉnh', direction: 'decrease', low: '3', high: '4' },
        { place: 'Các huyện nghèo', direction: 'decrease', low: '6', high: '8' },
      ],
    });
    expect(movement['contents']).toHaveLength(6);
    const history = await unit.get(`${path}/history`);
    expect(history.body.items).toMatchObject([
      { type: 'CREATED', actor: { office: 'Chuyên viên Sở Nội vụ' } },
      { type: 'LAUNCH', toState: 'running', actor: { office: 'Chủ tịch Ủy ban nhân dân tỉnh' } },
    ]);
    expect(await server.database.db('outbox').whereNull('done_at')).toEqual([]);
  });

  test('offers illustrative sheets of 950 points and 50 of bonus, scored by departments of the province', async () => {
    const unit = await server.as('dakglei.canbo');
    const list = await unit.get('/criteria-sheets');
    expect(list.body.items.map((sheet) => [sheet['code'], sheet['provenance']]).sort()).toEqual([
      ['MH-HUYEN-2018', 'illustrative'],
      ['MH-SO-NGANH-2018', 'illustrative'],
    ]);
    for (const { id, title } of list.body.items) {
      expect(title.startsWith('MINH HỌA')).toBe(true);
      const stored = await unit.get(`/criteria-sheets/${id}`);
      const checked = checkRoundSheet(stored.body['content']);
      if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
      const { leaves } = checked.value.sheet;
      const points = (role: string) =>
        printDecimal(sum(leaves.filter((leaf) => leaf.role === role).map(({ maxPoints }) => maxPoints)));
      expect([points('base'), points('bonus')]).toEqual(['950', '50']);
    }
  });
});
