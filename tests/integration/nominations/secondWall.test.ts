import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { awards, moveTo, must, submitted, unitId, vote } from '../../support/nominations.ts';
import { refusalOf } from '../../support/refusals.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

/** Everything here is tried as the app's own role, past the door. */
let server: TestServer;
let db: Knex;

beforeAll(async () => {
  server = await startTestServer();
  db = server.database.db;
});

afterAll(() => server.close());

const broken = (rule: string) => ({ code: '23514', rule });

async function castPast(id: string, unit: string): Promise<void> {
  const account = await db('accounts').first<{ id: string }>('id');
  await db('cluster_votes').insert({
    nomination_id: id,
    unit_id: await unitId(server, unit),
    choice: 'yes',
    account_id: account.id,
    cast_at: server.wired.ports.clock.now(),
  });
}

const claim = (id: string, result: object) =>
  db('cluster_vote_results').insert({
    nomination_id: id,
    yes: 2,
    base: 9,
    needed: 6,
    passed: false,
    closed_at: server.wired.ports.clock.now(),
    ...result,
  });

describe('a vote', () => {
  test('of a unit of another cluster, or of the unit itself, is refused', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    for (const unit of ['sokhdt', 'dakglei']) {
      expect(await refusalOf(castPast(id, unit))).toEqual(broken('cluster_votes_of_members'));
    }
    await castPast(id, 'kontum');
  });

  test('on a case that its cluster does not review, or no more, is refused', async () => {
    const plain = await submitted(server, 'dakglei', awards.plain);
    expect(await refusalOf(castPast(plain, 'kontum'))).toEqual(broken('cluster_votes_of_members'));
    const held = await submitted(server, 'dakglei', awards.cluster);
    await must(server, 'snv.chuyenvien', held, 'HOLD', { reason: 'Xác minh' });
    expect(await refusalOf(castPast(held, 'kontum'))).toEqual(broken('cluster_votes_of_members'));
  });
});

describe('a result', () => {
  test.each([
    ['more yes than there are', { yes: 6, passed: true }],
    ['a smaller base', { base: 3, needed: 2, passed: true }],
    ['a smaller need', { needed: 2, passed: true }],
    ['a pass that is none', { passed: true }],
  ])('with %s is refused', async (_what, result) => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    await vote(server, id, ['kontum', 'dakha'], 'yes');
    expect(await refusalOf(claim(id, result))).toEqual(broken('cluster_vote_results_are_counted'));
  });

  test('of a case without a cluster vote is refused', async () => {
    const id = await submitted(server, 'dakglei', awards.plain);
    const passed = { yes: 1, base: 1, needed: 1, passed: true };
    expect(await refusalOf(claim(id, passed))).toEqual(broken('cluster_vote_results_are_counted'));
  });

  test('of the silent is that nobody said yes', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    await moveTo(server, '2018-01-17');
    const closed = await must(server, 'dakha.lanhdao', id, 'CLOSE_CLUSTER_REVIEW');
    expect(closed).toMatchObject({
      workflow: { state: 'declined' },
      clusterVote: { result: { yes: 0, no: 0, abstain: 0, base: 9, needed: 6, passed: false } },
    });
  });
});
