import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  closeDeadline,
  forgetDeadlines,
  ledgerOf,
  openDeadline,
  reminderHouse,
  type ReminderHouse,
} from '../../support/reminders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/testDatabase.ts';
import { waitFor } from '../../support/waitFor.ts';

let database: TestDatabase;
let house: ReminderHouse;
let deadlineId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

beforeEach(async () => {
  await forgetDeadlines(database.db);
  house = await reminderHouse(database.db);
  const { id } = await openDeadline(database.db, {
    kind: 'supplement',
    owedBy: 'unit',
    owedUnit: 'dakglei',
    openedOn: '2018-03-05',
    dueOn: '2018-03-19',
  });
  deadlineId = id;
  house.goTo('2018-03-08');
  await house.sweep();
  await house.digest();
});

const mail = () =>
  database
    .db('mails')
    .first<{ status: string; attempt: number; last_error: string | null; message_id: string }>(
      'status',
      'attempt',
      'last_error',
      'message_id',
    );

/** The sender gets no further: as if its process had died, with the server's answer already given or not. */
const never = () => new Promise<never>(() => undefined);

describe('a mail', () => {
  test('that the server refuses is tried again later and later, eight times in all', async () => {
    house.onSend = () => Promise.reject(new Error('451 greylisted'));
    const tries: number[] = [];
    for (let minutes = 0; minutes < 120; minutes += 1) {
      if ((await house.sendAll())[0] === 'failed') tries.push(minutes);
      house.waitWall(60_000);
    }
    expect(tries).toEqual([0, 1, 2, 4, 8, 16, 32, 64]);
    expect(await mail()).toMatchObject({ status: 'failed', attempt: 8, last_error: '451 greylisted' });
    expect(house.sent).toEqual([]);
  });

  test('that the server took at the second try is sent once, with the Message-ID of its row', async () => {
    house.onSend = () => Promise.reject(new Error('421 busy'));
    expect(await house.sendAll()).toEqual(['failed']);
    expect(await house.sendAll()).toEqual(['notMine']);
    house.onSend = () => Promise.resolve();
    house.waitWall(31_000);
    expect(await house.sendAll()).toEqual(['sent']);
    const row = await mail();
    expect(row).toMatchObject({ status: 'sent', attempt: 2, last_error: null });
    expect(house.sent.map(({ messageId }) => messageId)).toEqual([row.message_id]);
  });

  test('whose sender died after the server took it leaves again with the same Message-ID', async () => {
    const taken: string[] = [];
    house.onSend = ({ messageId }) => {
      taken.push(messageId);
      return taken.length === 1 ? never() : Promise.resolve();
    };
    void house.sendAll();
    await waitFor('the server to have the mail', () => Promise.resolve(taken.length === 1));
    expect(await house.sendAll()).toEqual(['notMine']);
    house.waitWall(61_000);
    expect(await house.sendAll()).toEqual(['sent']);
    expect(taken).toEqual([taken[0], taken[0]]);
    expect(await ledgerOf(database.db, deadlineId)).toEqual(['T-7 due']);
    expect(await mail()).toMatchObject({ status: 'sent', attempt: 2 });
  });

  test('whose sender died is not sent again once nobody owes any more, and the ledger keeps it as told', async () => {
    house.onSend = never;
    void house.sendAll();
    await waitFor('the try to begin', async () => (await mail()).status === 'sending');
    await closeDeadline(database.db, deadlineId, '2018-03-08');
    house.waitWall(61_000);
    expect(await house.sendAll()).toEqual(['void']);
    expect(await ledgerOf(database.db, deadlineId)).toEqual(['T-7 due']);
  });

  test('is sent once by however many try at the same time', async () => {
    const outcomes = (await Promise.all(Array.from({ length: 6 }, () => house.sendAll()))).flat();
    expect(outcomes.filter((outcome) => outcome === 'sent')).toEqual(['sent']);
    expect(house.sent).toHaveLength(1);
  });
});
