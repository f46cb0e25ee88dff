import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nominationBeforeCouncil } from '../../support/councilCases.ts';
import { sheetRule, voteRule } from '../../support/councilRules.ts';
import { draftSitting, openSitting } from '../../support/councilSitting.ts';
import { must } from '../../support/nominations.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

type Council = Parameters<typeof nominationBeforeCouncil>[1];

async function sittingOver(council: Council) {
  const nominationId = await nominationBeforeCouncil(server, council);
  const sitting = await draftSitting(server, [nominationId]);
  await openSitting(sitting);
  return { nominationId, sitting };
}

const hold = (id: string) => must(server, 'snv.lanhdao', id, 'HOLD', { reason: 'Có đơn phản ánh' });
const points = { A: '50', B: '30' };

describe('a case that is held while the council has it open', () => {
  test('takes no vote until it is released, and offers none', async () => {
    const { nominationId, sitting } = await sittingOver({ sheet: null, vote: voteRule() });
    await sitting.must('OPEN_BALLOT', { nominationId });
    await hold(nominationId);

    const refused = await sitting.vote('hd.02', nominationId, 'yes');
    expect([refused.status, refused.body.code]).toEqual([409, 'wrong-state']);
    expect((await sitting.read('hd.02'))['cases']).toMatchObject([{ ballot: { mayVote: false } }]);

    await must(server, 'snv.lanhdao', nominationId, 'RELEASE');
    expect((await sitting.read('hd.02'))['cases']).toMatchObject([{ ballot: { mayVote: true } }]);
    expect((await sitting.vote('hd.02', nominationId, 'yes')).status).toBe(201);
  });

  test('takes no sheet until it is released, and offers none', async () => {
    const { nominationId, sitting } = await sittingOver({ sheet: sheetRule(), vote: null });
    await sitting.must('OPEN_SCORING', { nominationId });
    await hold(nominationId);

    const refused = await sitting.sheet('hd.02', nominationId, points);
    expect([refused.status, refused.body.code]).toEqual([409, 'wrong-state']);
    expect((await sitting.read('hd.02'))['cases']).toMatchObject([{ scoring: { mayScore: false } }]);

    await must(server, 'snv.lanhdao', nominationId, 'RELEASE');
    expect((await sitting.sheet('hd.02', nominationId, points)).status).toBe(200);
  });
});

describe('a case that is withdrawn while the council has it open', () => {
  test('takes no vote any more', async () => {
    const { nominationId, sitting } = await sittingOver({ sheet: null, vote: voteRule() });
    await sitting.must('OPEN_BALLOT', { nominationId });
    await must(server, 'dakglei.lanhdao', nominationId, 'WITHDRAW', { reason: 'Đơn vị xin rút' });
    const refused = await sitting.vote('hd.02', nominationId, 'yes');
    expect([refused.status, refused.body.code]).toEqual([409, 'wrong-state']);
  });
});
