import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GENESIS, linkHash } from '../../../services/audit/chain.ts';
import { countRoundTrips } from '../../support/countRoundTrips.ts';
import { draftMovement } from '../../support/movements.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const statuses = (replies: { status: number }[]) => replies.map(({ status }) => status).sort((a, b) => a - b);

describe('the one door', () => {
  test('a transition costs two round trips once the session is known: one read, one write', async () => {
    const id = await draftMovement(server);
    const chairman = await server.as('chutich');
    await chairman.get('/me');
    const roundTrips = await countRoundTrips(async () => {
      expect((await chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' })).status).toBe(200);
    });
    expect(roundTrips).toBe(2);
  });

  test('fifty of the same event at once: exactly one wins, the others are told why not', async () => {
    const id = await draftMovement(server);
    const chairman = await server.as('chutich');
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' })),
    );
    expect(statuses(replies)).toEqual([200, ...Array.from({ length: 49 }, () => 409)]);
  });

  test('fifty with one idempotency key: all get the one answer, and one event is in the history', async () => {
    const id = await draftMovement(server);
    const chairman = await server.as('chutich');
    const headers = { 'Idempotency-Key': `launch-${id}` };
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' }, headers)),
    );
    expect(statuses(replies)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const history = await chairman.get(`/movements/${id}/history`);
    expect(history.body.items.map(({ type }) => type)).toEqual(['CREATED', 'LAUNCH']);
  });

  test('a stale If-Match is 412 and writes nothing', async () => {
    const id = await draftMovement(server);
    const chairman = await server.as('chutich');
    const stale = await chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' }, { 'If-Match': '"7"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale-revision']);
    expect((await chairman.get(`/movements/${id}`)).body.workflow).toMatchObject({
      state: 'draft',
      revision: 1,
    });
    const fresh = await chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' }, { 'If-Match': '"1"' });
    expect(fresh.status).toBe(200);
  });

  test('every history event is chained to the one before by its hash', async () => {
    const id = await draftMovement(server);
    const chairman = await server.as('chutich');
    await chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' });
    await chairman.post(`/movements/${id}/events`, { type: 'CANCEL', reason: 'Thử' });
    const rows = await server.database.db('workflow_history').where({ instance_id: id }).orderBy('revision');
    let previous = GENESIS;
    for (const row of rows as Record<string, string | number | Date>[]) {
      expect(row['prev_hash']).toBe(previous);
      previous = linkHash(previous, {
        instanceId: id,
        revision: row['revision'] as number,
        kind: row['kind'] as 'event',
        type: row['type'] as string,
        fromState: row['from_state'] as string | null,
        toState: row['to_state'] as string,
        actorId: row['actor_id'] as string,
        officeId: row['office_id'] as string,
        at: (row['at'] as Date).toISOString(),
        detailDigest: row['detail_digest'] as string,
      });
      expect(row['hash']).toBe(previous);
    }
    expect(rows).toHaveLength(3);
  });

  test('an event writes its message to the outbox in the same statement', async () => {
    const id = await draftMovement(server);
    const chairman = await server.as('chutich');
    await chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' });
    const rows = await server.database
      .db('outbox')
      .whereRaw(`payload->>'instanceId' = ?`, [id])
      .select('kind', 'payload');
    expect(rows).toEqual([
      {
        kind: 'notify',
        payload: { instanceId: id, workflow: 'movement', template: 'movementLaunched', to: 'allUnits' },
      },
    ]);
  });

  test('a state that no history event backs is refused by the database', async () => {
    const id = await draftMovement(server);
    const forged = server.database.db('workflow_instances').where({ id }).update({ state: 'concluded' });
    await expect(forged).rejects.toMatchObject({
      code: '23503',
      constraint: 'workflow_instances_state_has_history',
    });
  });
});
