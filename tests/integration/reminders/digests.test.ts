import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pauseDeadline } from '../../../db/deadlines.ts';
import {
  closeDeadline,
  forgetDeadlines,
  ledgerOf,
  openDeadline,
  reminderHouse,
  type ReminderHouse,
} from '../../support/reminders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/testDatabase.ts';

let database: TestDatabase;
let house: ReminderHouse;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

beforeEach(async () => {
  await forgetDeadlines(database.db);
  house = await reminderHouse(database.db);
});

const review = {
  kind: 'clusterReview',
  owedBy: 'clusterLead',
  owedCluster: 'cum-huyen',
  caseUnit: 'dakglei',
  openedOn: '2018-03-05',
  dueOn: '2018-03-19',
} as const;
const supplement = { ...review, kind: 'supplement', owedBy: 'unit', owedUnit: 'dakglei' } as const;
const signature = {
  kind: 'signature',
  owedBy: 'chairman',
  openedOn: '2018-03-12',
  dueOn: '2018-03-19',
} as const;

/** To whom a mail went, and how many things it asks for. */
const sent = () =>
  house.sent.map(
    ({ to, text }) => `${to.address.split('@')[0] ?? ''}: ${(text.match(/^\d+\. /gm) ?? []).length}`,
  );

async function tick(day: string): Promise<void> {
  house.goTo(day);
  await house.sweep();
  await house.digest();
}

describe('a digest', () => {
  test('carries all that a person owes, once a day', async () => {
    await openDeadline(database.db, supplement);
    await openDeadline(database.db, { ...supplement, kind: 'selfScoring', owedBy: 'eachMember' });
    await openDeadline(database.db, review);
    await tick('2018-03-08');
    expect(await house.sendAll()).toEqual(['sent', 'sent']);
    expect(sent().sort()).toEqual(['dakglei.canbo: 2', 'dakha.canbo: 1']);
    await tick('2018-03-08');
    await tick('2018-03-09');
    expect(await house.sendAll()).toEqual([]);
    await tick('2018-03-14');
    expect(await house.sendAll()).toEqual(['sent', 'sent']);
  });

  test('of today takes what comes before it is sent; what comes after waits for tomorrow’s', async () => {
    const { db } = database;
    await openDeadline(db, supplement);
    await tick('2018-03-08');
    await openDeadline(db, { ...supplement, kind: 'appraisal' });
    await tick('2018-03-08');
    expect(await house.sendAll()).toEqual(['sent']);
    expect(sent()).toEqual(['dakglei.canbo: 2']);

    const late = await openDeadline(db, { ...supplement, kind: 'explanation' });
    await db('deadlines').where({ id: late.id }).update({ opened_on: '2018-03-01', due_on: '2018-03-13' });
    await tick('2018-03-08');
    expect(await house.sendAll()).toEqual([]);
    expect(await ledgerOf(db, late.id)).toEqual(['T-3 due']);
    await tick('2018-03-09');
    expect(await house.sendAll()).toEqual(['sent']);
    expect(sent()).toEqual(['dakglei.canbo: 2', 'dakglei.canbo: 1']);
  });

  test('leaves out what was done before it left, and is void when nothing is left', async () => {
    const { db } = database;
    const one = await openDeadline(db, supplement);
    const other = await openDeadline(db, { ...supplement, kind: 'appraisal' });
    const chairman = await openDeadline(db, signature);
    await tick('2018-03-14');
    await closeDeadline(db, one.id, '2018-03-14');
    await closeDeadline(db, chairman.id, '2018-03-14');
    expect((await house.sendAll()).sort()).toEqual(['sent', 'void']);
    expect(sent()).toEqual(['dakglei.canbo: 1']);
    expect(await ledgerOf(db, one.id)).toEqual(['T-7 superseded', 'T-3 settled']);
    expect(await ledgerOf(db, other.id)).toEqual(['T-7 superseded', 'T-3 due']);
    expect(await ledgerOf(db, chairman.id)).toEqual(['T-3 settled']);
  });

  test('leaves out what stands still', async () => {
    const { db } = database;
    const { id, caseId } = await openDeadline(db, supplement);
    await tick('2018-03-08');
    await db.transaction((trx) => pauseDeadline(trx, caseId, 'supplement', '2018-03-08'));
    expect(await house.sendAll()).toEqual(['void']);
    expect(await ledgerOf(db, id)).toEqual(['T-7 settled']);
    await tick('2018-03-09');
    expect(await house.sendAll()).toEqual([]);
  });

  test('does not mail a step that a later one overtook', async () => {
    const { db } = database;
    const { id } = await openDeadline(db, supplement);
    await tick('2018-03-08');
    await tick('2018-03-14');
    expect(await ledgerOf(db, id)).toEqual(['T-7 superseded', 'T-3 due']);
    expect(await house.sendAll()).toEqual(['sent']);
    expect(house.sent[0]?.subject).toBe('Sổ Vàng nhắc việc ngày 14/03/2018: 1 việc cần làm');
    const mails = await db('mails').orderBy('on_date').select('on_date', 'status');
    expect(mails).toEqual([
      { on_date: '2018-03-08', status: 'void' },
      { on_date: '2018-03-14', status: 'sent' },
    ]);
  });

  test('that did not leave on its day goes into the next day’s, so that there is one a day', async () => {
    const { db } = database;
    const { id } = await openDeadline(db, supplement);
    await tick('2018-03-08');
    await openDeadline(db, { ...supplement, kind: 'appraisal', dueOn: '2018-03-20' });
    await tick('2018-03-09');
    expect(await house.sendAll()).toEqual(['sent']);
    expect(sent()).toEqual(['dakglei.canbo: 2']);
    expect(await ledgerOf(db, id)).toEqual(['T-7 due']);
  });

  test('waits where nobody holds the office, and tells whoever takes it', async () => {
    const { db } = database;
    const offices = () => db('offices').where({ role: 'issuingClerk' });
    await openDeadline(db, { ...signature, kind: 'issue', owedBy: 'issuingClerk', openedOn: '2018-03-14' });
    await offices().update({ valid_from: '2018-03-17' });
    await tick('2018-03-16');
    expect(await house.sendAll()).toEqual([]);
    await tick('2018-03-17');
    expect(await house.sendAll()).toEqual(['sent']);
    expect(sent()).toEqual(['vpub.vanthu: 1']);
    await offices().update({ valid_from: '2018-01-01' });
  });
});

describe('an escalation', () => {
  async function toldOn(day: string): Promise<string[]> {
    house.sent.length = 0;
    await tick(day);
    await house.sendAll();
    return sent().sort();
  }

  test('of a unit tells its leader beside its officer', async () => {
    await openDeadline(database.db, supplement);
    expect(await toldOn('2018-03-20')).toEqual(['dakglei.canbo: 1']);
    expect(await toldOn('2018-03-22')).toEqual(['dakglei.canbo: 1', 'dakglei.lanhdao: 1']);
    expect(await toldOn('2018-03-26')).toEqual(['dakglei.canbo: 1', 'dakglei.lanhdao: 1']);
  });

  test('of the cluster’s lead tells the deputy unit, then the lead’s own leader', async () => {
    await openDeadline(database.db, review);
    expect(await toldOn('2018-03-19')).toEqual(['dakha.canbo: 1']);
    expect(await toldOn('2018-03-22')).toEqual(['dakha.canbo: 1', 'ngochoi.canbo: 1']);
    expect(await toldOn('2018-03-26')).toEqual(['dakha.canbo: 1', 'dakha.lanhdao: 1']);
  });

  test('in the lead’s own case goes round the lead', async () => {
    await openDeadline(database.db, { ...review, caseUnit: 'dakha' });
    expect(await toldOn('2018-03-19')).toEqual(['ngochoi.canbo: 1']);
    expect(await toldOn('2018-03-26')).toEqual(['ngochoi.canbo: 1', 'ngochoi.lanhdao: 1']);
  });

  test('of an official of the province tells the head of the standing agency at last', async () => {
    await openDeadline(database.db, signature);
    expect(await toldOn('2018-03-22')).toEqual(['chutich: 1']);
    expect(await toldOn('2018-03-26')).toEqual(['chutich: 1', 'snv.lanhdao: 1']);
  });
});
