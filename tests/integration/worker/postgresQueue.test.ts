import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { RunningWorker } from '../../../services/worker/startWorker.ts';
import { draftMovement } from '../../support/movements.ts';
import { submitRegistration } from '../../support/registrations.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';
import { startTestWorker } from '../../support/testWorker.ts';
import { waitFor } from '../../support/waitFor.ts';

let server: TestServer;
let worker: RunningWorker;

beforeAll(async () => {
  server = await startTestServer();
  worker = await startTestWorker(server.database);
});

afterAll(async () => {
  await worker.stop();
  await server.close();
});

/** The inbox of one address, or of everybody, over HTTP. */
async function inbox(to = ''): Promise<{ to: string; subject: string; messageId: string; body: string }[]> {
  const admin = await server.as('admin');
  const { body } = await admin.get(`/demo/inbox?limit=200${to === '' ? '' : `&to=${to}@kontum.example`}`);
  return body.items as unknown as { to: string; subject: string; messageId: string; body: string }[];
}

async function goTo(moment: string): Promise<void> {
  const admin = await server.as('admin');
  expect((await admin.put('/demo/clock', { now: moment })).status).toBe(200);
}

async function ledger(
  caseId: string,
): Promise<{ step: string; status: string; scheduledOn: string; mails: { to: string; status: string }[] }[]> {
  const inspector = await server.as('thanhtra');
  const { body } = await inspector.get(`/demo/ledger?caseId=${caseId}`);
  return (body.items as unknown as Awaited<ReturnType<typeof ledger>>).reverse();
}

describe('the worker on BullMQ’s PostgreSQL backend, as the app’s role', () => {
  test('mails a notice to each officer and leader of all units, once', async () => {
    const id = await draftMovement(server, { title: 'Phong trào đọc sách' });
    const chairman = await server.as('chutich');
    expect((await chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' })).status).toBe(200);
    const wanted = await server.database
      .db('offices')
      .whereIn('role', ['unitOfficer', 'unitLeader'])
      .distinct('account_id');
    const mails = await waitFor('a mail to each of them', async () => {
      const found = (await inbox()).filter(({ subject }) => subject.includes('Phong trào đọc sách'));
      return found.length >= wanted.length && found;
    });
    await worker.tick();
    await waitFor('the outbox to be done', async () => {
      const open = await server.database
        .db('outbox')
        .whereNull('done_at')
        .first<{ id: string } | undefined>('id');
      const unsent = await server.database
        .db('mails')
        .whereNot({ status: 'sent' })
        .first<{ id: string } | undefined>('id');
      return open === undefined && unsent === undefined;
    });
    expect(new Set(mails.map(({ to }) => to)).size).toBe(wanted.length);
    expect(await inbox()).toHaveLength(wanted.length);
    expect(mails[0]?.body).toContain(`/movements/${id}`);
  });

  test('reminds who owes on the days of the ladder when the clock moves, and stops when it is done', async () => {
    const id = await submitRegistration(server, 'dakglei');
    const tasks = await (await server.as('dakha.canbo')).get('/deadlines');
    expect(tasks.body.items).toMatchObject([
      {
        kind: 'registrationReview',
        dueOn: '2018-01-09',
        workingDaysLeft: 5,
        paused: false,
        case: { id, collection: 'registrations' },
      },
    ]);
    expect((await (await server.as('dakglei.canbo')).get('/deadlines')).body.items).toEqual([]);

    await goTo('2018-01-04T01:00:00Z');
    const digest = await waitFor('the digest of T-3', async () =>
      (await inbox('dakha.canbo')).find(({ subject }) => subject.startsWith('Sổ Vàng nhắc việc')),
    );
    expect(digest.subject).toBe('Sổ Vàng nhắc việc ngày 04/01/2018: 1 việc cần làm');
    expect(digest.body).toContain('Hạn: thứ Ba 09/01/2018, còn 3 ngày làm việc');
    await waitFor('the mark', async () => (await ledger(id))[0]?.mails[0]?.status === 'sent');
    expect(await ledger(id)).toMatchObject([
      {
        step: 'T-3',
        status: 'due',
        scheduledOn: '2018-01-04',
        mails: [{ to: 'dakha.canbo', status: 'sent' }],
      },
    ]);

    const lead = await server.as('dakha.canbo');
    expect((await lead.post(`/registrations/${id}/events`, { type: 'ACCEPT' })).status).toBe(200);
    await goTo('2018-01-12T01:00:00Z');
    await waitFor('the notice of acceptance', async () =>
      (await inbox('dakglei.canbo')).find(({ subject }) => subject.startsWith('Đã tiếp nhận')),
    );
    await worker.tick();
    expect(await ledger(id)).toHaveLength(1);
    expect((await inbox('dakha.canbo')).filter(({ subject }) => subject.startsWith('Sổ Vàng'))).toHaveLength(
      1,
    );
  });

  test('owns nothing in the queue’s schema', async () => {
    const client = new pg.Client({ connectionString: server.database.appUrl });
    await client.connect();
    const { rows } = await client.query<{ owned: number; may_create: boolean }>(
      `select (select count(*)::integer from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'bullmq' and pg_get_userbyid(c.relowner) = current_user) as owned,
              has_schema_privilege(current_user, 'bullmq', 'create') as may_create`,
    );
    await client.end();
    expect(rows).toEqual([{ owned: 0, may_create: false }]);
  });
});

describe('mail and ledger of a demo', () => {
  test('a person reads the own mail only, and the ledger is for administrator and inspector', async () => {
    const officer = await server.as('dakglei.canbo');
    const own = await officer.get('/demo/inbox');
    expect(own.body.items.length).toBeGreaterThan(0);
    expect(new Set(own.body.items.map(({ to }) => to))).toEqual(new Set(['dakglei.canbo@kontum.example']));
    expect((await officer.get('/demo/inbox?to=dakha.canbo@kontum.example')).status).toBe(403);
    expect((await officer.get('/demo/ledger')).status).toBe(403);
    expect((await server.anonymous.get('/demo/inbox')).status).toBe(401);
    expect((await (await server.as('admin')).get('/demo/ledger')).status).toBe(200);
  });

  test('the inbox pages by cursor, newest first', async () => {
    const admin = await server.as('admin');
    const first = await admin.get('/demo/inbox?limit=2');
    const second = await admin.get(`/demo/inbox?limit=2&cursor=${first.body.nextCursor ?? ''}`);
    const ids = [...first.body.items, ...second.body.items].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(4);
  });

  test('the inbox page shows mail by address, and its style sheet is a file', async () => {
    const page = await fetch(`${server.url}/inbox?to=dakglei.canbo`);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain('Gửi <a href="/inbox?to=dakglei.canbo%40kontum.example">');
    expect(html).not.toContain('>dakha.canbo@kontum.example<');
    const style = await fetch(`${server.url}/inbox/style.css`);
    expect(style.headers.get('content-type')).toContain('text/css');
  });
});
