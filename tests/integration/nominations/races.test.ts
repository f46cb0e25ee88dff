import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findAccountByUsername } from '../../../db/accounts.ts';
import { loadActor } from '../../../services/accounts/loadActor.ts';
import { readNominations } from '../../../services/nominations/nominationCase.ts';
import { recordNomination } from '../../../services/nominations/recordNomination.ts';
import { momentOf } from '../../../services/workflow/momentOf.ts';
import type { Recording } from '../../../workflows/effects.ts';
import { awards, completeDossier, draft, send, submitted } from '../../support/nominations.ts';
import { startTestServer, type Reply, type TestServer } from '../../support/testServer.ts';

const PARALLEL = 50;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const atOnce = (one: () => Promise<Reply>) => Promise.all(Array.from({ length: PARALLEL }, one));
const historyOf = (id: string, type: string) =>
  server.database.db('workflow_history').where({ instance_id: id, type });

async function readyDraft(): Promise<string> {
  const { id } = await draft(server, 'dakglei', awards.cluster);
  await completeDossier(server, 'dakglei', id, awards.cluster);
  return id;
}

test('of fifty who submit at once exactly one does, and the others are told why not', async () => {
  const id = await readyDraft();
  const replies = await atOnce(() => send(server, 'dakglei.lanhdao', id, 'SUBMIT'));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(replies.filter(({ status }) => ![200, 409, 412].includes(status))).toEqual([]);
  expect(await historyOf(id, 'SUBMIT')).toHaveLength(1);
  expect(await server.database.db('deadlines').where({ instance_id: id })).toHaveLength(1);
});

test('of fifty who saw the same revision exactly one does, and the others are told that it has changed', async () => {
  const id = await readyDraft();
  const leader = await server.as('dakglei.lanhdao');
  const etag = (await leader.get(`/nominations/${id}`)).headers.get('etag') ?? '';
  const replies = await atOnce(() => send(server, 'dakglei.lanhdao', id, 'SUBMIT', {}, { 'If-Match': etag }));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(replies.filter(({ status }) => status === 412)).toHaveLength(PARALLEL - 1);
});

test('fifty requests with one idempotency key are one event and one answer', async () => {
  const id = await readyDraft();
  const replies = await atOnce(() =>
    send(server, 'dakglei.lanhdao', id, 'SUBMIT', {}, { 'Idempotency-Key': 'submit-once' }),
  );
  const [first] = replies;
  expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: PARALLEL }, () => 200));
  for (const { body, headers } of replies) {
    expect(body).toEqual(first?.body);
    expect(headers.get('etag')).toBe(first?.headers.get('etag'));
  }
  expect(await historyOf(id, 'SUBMIT')).toHaveLength(1);
});

test('fifty votes of one unit at once are one vote', async () => {
  const id = await submitted(server, 'dakglei', awards.cluster);
  const replies = await atOnce(() =>
    send(server, 'kontum.canbo', id, 'CAST_CLUSTER_VOTE', { choice: 'yes' }),
  );
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(replies.filter(({ status }) => ![200, 409, 412].includes(status))).toEqual([]);
  expect(await server.database.db('cluster_votes').where({ nomination_id: id })).toHaveLength(1);
});

test('a stale If-Match is refused also where the event would be allowed', async () => {
  const id = await submitted(server, 'dakglei', awards.cluster);
  const reply = await send(
    server,
    'kontum.canbo',
    id,
    'CAST_CLUSTER_VOTE',
    { choice: 'yes' },
    { 'If-Match': '"1"' },
  );
  expect([reply.status, reply.body.code]).toEqual([412, 'stale-revision']);
});

test('a unit that leaves the cluster while its vote or the close is under way is a conflict, no fault of ours', async () => {
  const id = await submitted(server, 'dakglei', awards.cluster);
  const { db } = server.database;
  const { ports, rulebook } = server.wired;
  const [row] = await readNominations(db, rulebook, [id], ports.clock.today());
  const account = await findAccountByUsername(db, 'kontum.canbo');
  const actor = await loadActor(db, account?.id ?? '', ports.clock.today());
  if (row === undefined || actor === null) throw new Error('the demo province is not whole');

  const agency = await server.as('snv.lanhdao');
  const path = `/clusters/${row.cluster_id ?? ''}`;
  const { members } = (await agency.get(path)).body as unknown as {
    members: { unitId: string; code: string }[];
  };
  const stay = members.filter(({ code }) => code !== 'kontum').map(({ unitId }) => unitId);
  expect((await agency.put(`${path}/members`, { unitIds: stay })).status).toBe(200);

  const context = { row, payload: {}, actor, ports, moment: momentOf(ports) };
  const seenBefore: Recording[] = [
    { type: 'record', what: 'clusterVote', data: { choice: 'yes' } },
    { type: 'record', what: 'closeClusterVote', data: { passed: false } },
  ];
  for (const recording of seenBefore) {
    const recorded = db.transaction((trx) => recordNomination(trx, [recording], context));
    await expect(recorded).rejects.toMatchObject({ code: 'conflict' });
  }
});
