import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { moveClock } from '../../../db/demoClock.ts';
import { startMailServer, type MailServer } from '../../support/mailServer.ts';
import { forgetDeadlines, ledgerOf, openDeadline, openMany } from '../../support/reminders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/testDatabase.ts';
import { waitFor } from '../../support/waitFor.ts';
import { endProcess, killRemaining, spawnWorker } from '../../support/workerProcess.ts';

let database: TestDatabase;
let mailServer: MailServer;

beforeAll(async () => {
  database = await createTestDatabase();
  mailServer = await startMailServer();
});

afterAll(async () => {
  killRemaining();
  await mailServer.close();
  await database.close();
});

beforeEach(async () => {
  await forgetDeadlines(database.db);
  mailServer.taken.length = 0;
  mailServer.beforeAnswer = () => Promise.resolve();
});

const supplement = {
  kind: 'supplement',
  owedBy: 'unit',
  owedUnit: 'dakglei',
  openedOn: '2018-03-05',
  dueOn: '2018-03-19',
} as const;

/** The leases of a dead process end, as if the minute had passed. */
async function leasesEnd(): Promise<void> {
  const past = new Date(Date.now() - 1_000);
  await database.db('mails').where({ status: 'sending' }).update({ lease_until: past });
  await database.db('mails').whereIn('status', ['pending', 'sending']).update({ dispatched_at: null });
}

async function rowsOf<Row>(sql: string): Promise<Row[]> {
  const { rows } = await database.db.raw<{ rows: Row[] }>(sql);
  return rows;
}

describe('a worker that is killed', () => {
  test('after the server took the mail and before the mark: it leaves again with the same Message-ID', async () => {
    const { db } = database;
    const { id } = await openDeadline(db, supplement);
    await moveClock(db, new Date('2018-03-08T01:00:00Z'), new Date());
    const first = await spawnWorker(database, { SMTP_URL: mailServer.smtpUrl });
    mailServer.beforeAnswer = async () => {
      await endProcess(first, 'SIGKILL');
    };
    await waitFor('the mail to be taken and its sender dead', () =>
      Promise.resolve(mailServer.taken.length === 1 && first.signalCode === 'SIGKILL'),
    );
    expect(await db('mails').select('status', 'attempt')).toEqual([{ status: 'sending', attempt: 1 }]);

    mailServer.beforeAnswer = () => Promise.resolve();
    await leasesEnd();
    const second = await spawnWorker(database, { SMTP_URL: mailServer.smtpUrl });
    await waitFor(
      'the mark',
      async () => (await db('mails').first<{ status: string }>('status')).status === 'sent',
    );
    expect(await endProcess(second, 'SIGTERM')).toBe(0);
    const [one, other] = mailServer.taken;
    expect(mailServer.taken).toHaveLength(2);
    expect(other).toEqual(one);
    expect(await ledgerOf(db, id)).toEqual(['T-7 due']);
    expect(await db('mails').select('status', 'attempt')).toEqual([{ status: 'sent', attempt: 2 }]);
  });

  test('again and again while steps come due: every step is in the ledger once, every person has one digest a day', async () => {
    const { db } = database;
    const ids = [];
    for (const owedUnit of ['dakglei', 'dakha', 'kontum', 'ngochoi', 'sathay', 'dakto']) {
      ids.push(...(await openMany(db, 40, { ...supplement, owedUnit })));
    }
    for (const [round, day] of ['2018-03-08', '2018-03-14', '2018-03-16', '2018-03-19'].entries()) {
      await moveClock(db, new Date(`${day}T01:00:00Z`), new Date());
      const worker = await spawnWorker(database, { SMTP_URL: mailServer.smtpUrl });
      // Wherever it is just then: in the sweep, between digests and queue, while sending.
      await delay(round * 60);
      await endProcess(worker, 'SIGKILL');
      await leasesEnd();
    }
    const last = await spawnWorker(database, { SMTP_URL: mailServer.smtpUrl });
    await waitFor(
      'all mail to leave',
      async () => {
        const waiting = await db('reminder_entries')
          .where({ waiting: true })
          .first<{ id: string } | undefined>('id');
        const unsent = await db('mails')
          .whereIn('status', ['pending', 'sending'])
          .first<{ id: string } | undefined>('id');
        const entries = await db('reminder_entries').count<{ count: string }[]>('* as count');
        return waiting === undefined && unsent === undefined && Number(entries[0]?.count) === 4 * ids.length;
      },
      50_000,
    );
    await endProcess(last, 'SIGTERM');
    expect(
      await rowsOf('select step, count(*)::integer from reminder_entries group by step order by step'),
    ).toEqual([
      { step: 'T-1', count: ids.length },
      { step: 'T-3', count: ids.length },
      { step: 'T-7', count: ids.length },
      { step: 'T0', count: ids.length },
    ]);
    expect(
      await rowsOf(
        `select 1 from mails where status = 'sent' group by account_id, on_date having count(*) > 1`,
      ),
    ).toEqual([]);
    expect(
      await rowsOf(`select 1 from reminder_entries e join mail_entries l on l.entry_id = e.id
                      join mails m on m.id = l.mail_id where m.status = 'sent' and e.status <> 'due'`),
    ).toEqual([]);
    const sent = await rowsOf<{ message_id: string }>(`select message_id from mails where status = 'sent'`);
    const known = new Set(mailServer.taken.map(({ messageId }) => messageId));
    expect(sent.filter(({ message_id }) => !known.has(message_id))).toEqual([]);
  });
});
