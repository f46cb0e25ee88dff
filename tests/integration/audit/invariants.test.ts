import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkInvariants } from '../../../db/invariants.ts';
import { insertRoundResult } from '../../../db/roundResults.ts';
import { checkRoundResults } from '../../../services/audit/roundInvariant.ts';
import { nominationBeforeCouncil } from '../../support/councilCases.ts';
import { sheetRule } from '../../support/councilRules.ts';
import { draftSitting } from '../../support/councilSitting.ts';
import { awards, submitted } from '../../support/nominations.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

/** The names of what is broken, each with its first place. */
async function broken(): Promise<[string, string | null][]> {
  const results = await checkInvariants(server.database.db);
  return results.filter(({ breaches }) => breaches > 0).map(({ name, first }) => [name, first]);
}

describe('an invariant', () => {
  test('names the case that no longer owes what its state says', async () => {
    const id = await submitted(server, 'mttq', awards.plain);
    expect(await broken()).toEqual([]);
    const { db } = server.database;
    await db('deadlines').where({ instance_id: id }).update({ paused_on: '2018-01-02' });
    expect(await broken()).toEqual([['case-owes-what-its-state-says', id]]);
    await db('deadlines').where({ instance_id: id }).update({ paused_on: null });
  });

  test('names the idempotency key that has no answer', async () => {
    const { db } = server.database;
    const receipt = {
      caller_id: randomUUID(),
      route: 'post /x',
      key: 'k',
      body_hash: '',
      created_at: new Date(0),
    };
    await db('receipts').insert(receipt);
    expect(await broken()).toEqual([['receipt-has-its-answer', 'k']]);
    await db('receipts').where({ key: 'k' }).delete();
  });

  test('names the round whose kept result its inputs do not give', async () => {
    const agency = await server.as('snv.lanhdao');
    const clusters = (await agency.get('/clusters')).body.items;
    const sheets = (await agency.get('/criteria-sheets')).body.items;
    const round = await agency.post('/scoring-rounds', {
      clusterId: clusters[0]?.id,
      year: 2018,
      sheetId: sheets[0]?.id,
      title: 'Đợt chấm điểm',
    });
    const { db } = server.database;
    expect(await checkRoundResults(db)).toMatchObject({ breaches: 0, first: null });
    const kept = { engine: 'so-vang-scoring/1', inputs: {}, result: {}, hash: '', computed_at: new Date(0) };
    await db.transaction((trx) =>
      insertRoundResult(trx, { id: randomUUID(), round_id: round.body.id, ...kept }),
    );
    expect(await checkRoundResults(db)).toMatchObject({ breaches: 1, first: round.body.id });
  });

  test('names the case that two sessions have before them', async () => {
    const id = await nominationBeforeCouncil(server, { sheet: sheetRule(), vote: null });
    const [one, two] = [await draftSitting(server, [id]), await draftSitting(server, [])];
    const { db } = server.database;
    const listed = await db('council_cases')
      .where({ session_id: one.id })
      .first<{ sheet_rule: unknown; quorum: unknown }>('sheet_rule', 'quorum');
    await db('council_cases').insert({
      session_id: two.id,
      nomination_id: id,
      ordinal: 1,
      sheet_rule: JSON.stringify(listed.sheet_rule),
      quorum: JSON.stringify(listed.quorum),
      scoring: 'waiting',
      ballot: 'notNeeded',
    });
    const names = (await broken()).map(([name]) => name);
    expect(names).toContain('case-is-in-one-unfinished-session');
  });
});
