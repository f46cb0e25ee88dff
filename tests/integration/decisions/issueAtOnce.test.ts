import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  draftAward,
  expectOk,
  issueDecision,
  issuedAward,
  itemsOf,
  signDecision,
} from '../../support/decisions.ts';
import { startTestServer, type ReplyBody, type TestServer } from '../../support/testServer.ts';
import { waitingNominations } from '../../support/waitingNominations.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

async function signedAward(nominationIds: readonly string[]): Promise<string> {
  const { id } = expectOk(await draftAward(server, nominationIds));
  await signDecision(server, id);
  return id;
}

const bookNumbers = (body: ReplyBody) => itemsOf(body).map(({ goldenBook }) => goldenBook?.bookNumber ?? 0);
const statuses = (replies: { status: number }[]) => replies.map(({ status }) => status).sort();
const upTo = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

async function lastNumber(): Promise<number> {
  const row = await server.database.db('awards').max<{ max: number | null }[]>('book_number').first();
  return row?.max ?? 0;
}

/** How far the issue has come, counted over all tables that it writes. */
async function traces(decisionId: string, nominationIds: readonly string[]) {
  const { rows } = await server.database.db.raw<{ rows: Record<string, unknown>[] }>(
    `select (select count(*)::integer from awards where decision_id = :decisionId) as awards,
            (select count(*)::integer from workflow_instances where id = any(:ids) and state = 'awarded') as awarded,
            (select count(*)::integer from workflow_history where instance_id = any(:ids) and type = 'AWARD') as events,
            (select count(*)::integer from outbox where payload ->> 'template' = 'nominationAwarded'
               and payload ->> 'instanceId' = any(:texts)) as messages,
            (select count(*)::integer from deadlines where instance_id = any(:ids) and closed_on is null) as owed,
            (select number from decisions where id = :decisionId) as number,
            (select state from workflow_instances where id = :decisionId) as state`,
    { decisionId, ids: [...nominationIds], texts: [...nominationIds] },
  );
  return rows[0];
}

/** Waits until a statement of the app waits for a lock on the counter; answers its backend. */
async function backendAtTheCounter(): Promise<number> {
  for (;;) {
    const { rows } = await server.database.db.raw<{ rows: { pid: number }[] }>(
      `select pid from pg_stat_activity where datname = current_database()
         and wait_event_type = 'Lock' and query like '%book_counters%' and pid <> pg_backend_pid()`,
    );
    if (rows[0] !== undefined) return rows[0].pid;
  }
}

describe('issuing', () => {
  test('2,000 cases killed halfway leaves nothing, and the second try does all', async () => {
    const ids = await waitingNominations(server, 2_000);
    const before = await lastNumber();
    const decision = await signedAward(ids);
    const untouched = {
      awards: 0,
      awarded: 0,
      events: 0,
      messages: 0,
      owed: 2_000,
      number: null,
      state: 'signed',
    };
    expect(await traces(decision, ids)).toEqual(untouched);

    // Another clerk holds the book: the issue stops between the cases it has moved and the awards it has to enter.
    const holder = new pg.Client({ connectionString: server.database.appUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query(
      'insert into book_counters values (2018, 0) on conflict (year) do update set last_number = book_counters.last_number',
    );
    const killed = issueDecision(server, decision, '200/QĐ-UBND');
    const backend = await backendAtTheCounter();
    await server.database.db.raw('select pg_terminate_backend(?)', [backend]);
    expect((await killed).status).toBe(500);
    await holder.query('rollback');
    await holder.end();
    expect(await traces(decision, ids)).toEqual(untouched);

    const again = await issueDecision(server, decision, '200/QĐ-UBND');
    expect(again.status).toBe(200);
    expect(bookNumbers(again.body)).toEqual(upTo(before + 1, 2_000));
    expect(new Set(itemsOf(again.body).map(({ goldenBook }) => goldenBook?.publicCode)).size).toBe(2_000);
    expect(await traces(decision, ids)).toEqual({
      awards: 2_000,
      awarded: 2_000,
      events: 2_000,
      messages: 2_000,
      owed: 0,
      number: '200/QĐ-UBND',
      state: 'issued',
    });
  });

  test('two decisions at once gives each its numbers in a row, without a gap', async () => {
    const before = await lastNumber();
    const decisions = [
      await signedAward(await waitingNominations(server, 100)),
      await signedAward(await waitingNominations(server, 100, { unitCode: 'dakha' })),
      await signedAward(await waitingNominations(server, 1, { unitCode: 'dakto' })),
    ];
    const replies = await Promise.all(
      decisions.map((id, index) => issueDecision(server, id, `21${index}/QĐ-UBND`)),
    );
    expect(statuses(replies)).toEqual([200, 200, 200]);
    const given = replies.map(({ body }) => bookNumbers(body));
    for (const numbers of given) expect(numbers).toEqual(upTo(numbers[0] ?? 0, numbers.length));
    expect(given.flat().sort((a, b) => a - b)).toEqual(upTo(before + 1, 201));
  });

  test('two decisions with one number at once issues one of them', async () => {
    const [one, two] = await waitingNominations(server, 2);
    const decisions = [await signedAward([one ?? '']), await signedAward([two ?? ''])];
    const replies = await Promise.all(decisions.map((id) => issueDecision(server, id, '220/QĐ-UBND')));
    expect(statuses(replies)).toEqual([200, 409]);
    expect(replies.find(({ status }) => status === 409)?.body.code).toBe('conflict');
  });

  test('one decision twenty times at once happens once', async () => {
    const [only = ''] = await waitingNominations(server, 1);
    const decision = await signedAward([only]);
    const replies = await Promise.all(upTo(0, 20).map(() => issueDecision(server, decision, '221/QĐ-UBND')));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ status }) => status !== 200 && status !== 409 && status !== 412)).toEqual([]);
    expect(await traces(decision, [only])).toMatchObject({ awards: 1, events: 1, messages: 1 });
  });

  test('with one idempotency key ten times at once answers the same ten times', async () => {
    const [only = ''] = await waitingNominations(server, 1);
    const decision = await signedAward([only]);
    const issuer = await server.as('vpub.vanthu');
    const body = { type: 'ISSUE', number: '222/QĐ-UBND', date: '2018-01-02' };
    const send = () =>
      issuer.post(`/decisions/${decision}/events`, body, { 'Idempotency-Key': 'ban-hanh-222' });
    const replies = await Promise.all(upTo(0, 10).map(send));
    expect(replies.map(({ status }) => status)).toEqual(upTo(0, 10).map(() => 200));
    expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
    expect(await traces(decision, [only])).toMatchObject({ awards: 1, events: 1, messages: 1 });
  });
});

describe('drafting', () => {
  test('two decisions over one case at once makes one of them', async () => {
    const ids = await waitingNominations(server, 5);
    const replies = await Promise.all([draftAward(server, ids), draftAward(server, [...ids].reverse())]);
    expect(statuses(replies)).toEqual([201, 422]);
    expect(replies.find(({ status }) => status === 422)?.body.errors).toHaveLength(5);
  });

  test('two revocations of one award at once makes one of them', async () => {
    const award = await issuedAward(server, await waitingNominations(server, 1), '230/QĐ-UBND');
    const clerk = await server.as('snv.vanthu');
    const items = [{ awardId: itemsOf(award)[0]?.goldenBook?.awardId, reason: 'Khai gian' }];
    const draft = () => clerk.post('/decisions', { kind: 'revocation', title: 'Hủy bỏ', items });
    expect(statuses(await Promise.all([draft(), draft(), draft()]))).toEqual([201, 422, 422]);
  });
});
