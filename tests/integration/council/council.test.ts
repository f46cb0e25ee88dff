import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nominationBeforeCouncil, sheetRule, voteRule } from '../../support/councilCases.ts';
import { COUNCIL, draftSitting, openSitting } from '../../support/councilSitting.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

describe('a council session over HTTP', () => {
  test('scores, votes, and hands the case on to the decision', async () => {
    const nominationId = await nominationBeforeCouncil(server, { sheet: sheetRule(), vote: voteRule() });
    const sitting = await draftSitting(server, [nominationId]);
    await openSitting(sitting);
    await sitting.must('OPEN_SCORING', { nominationId });
    for (const username of COUNCIL) {
      const reply = await sitting.sheet(username, nominationId, { A: '50', B: '35' });
      expect([username, reply.status, reply.body.detail]).toEqual([username, 200, undefined]);
    }
    await sitting.must('CLOSE_SCORING', { nominationId });
    await sitting.must('OPEN_BALLOT', { nominationId });
    for (const username of COUNCIL)
      expect((await sitting.vote(username, nominationId, 'yes')).status).toBe(201);
    const after = await sitting.must('CLOSE_BALLOT', { nominationId });
    const nomination = await sitting.secretary.get(`/nominations/${nominationId}`);
    expect(nomination.body.workflow.state).toBe('awaitingDecision');
    await sitting.must('ADJOURN');
    const minutes = await sitting.chairman.get(`/council-sessions/${sitting.id}/minutes`);
    await sitting.must('SIGN_MINUTES', {}, 'chutich');
  });
});
