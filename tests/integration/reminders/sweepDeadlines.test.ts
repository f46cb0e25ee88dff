import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pauseDeadline, resumeDeadline } from '../../../db/deadlines.ts';
import {
  closeDeadline,
  forgetDeadlines,
  ledgerOf,
  openDeadline,
  openMany,
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

// Ten working days from Monday 05/03/2018; no day off in March 2018.
const review = {
  kind: 'clusterReview',
  owedBy: 'clusterLead',
  owedCluster: 'cum-huyen',
  caseUnit: 'dakglei',
  openedOn: '2018-03-05',
  dueOn: '2018-03-19',
} as const;

describe('the ledger', () => {
  test('gets one entry on the day of each step, and none in between', async () => {
    const { db } = database;
    const { id } = await openDeadline(db, review);
    const seen: Record<string, string[]> = {};
    for (const day of [
      '2018-03-05',
      '2018-03-07',
      '2018-03-08',
      '2018-03-09',
      '2018-03-14',
      '2018-03-16',
      '2018-03-19',
    ]) {
      house.goTo(day);
      await house.sweep();
      seen[day] = await ledgerOf(db, id);
      await house.digest();
      await house.sendAll();
    }
    expect(seen).toEqual({
      '2018-03-05': [],
      '2018-03-07': [],
      '2018-03-08': ['T-7 due'],
      '2018-03-09': ['T-7 due'],
      '2018-03-14': ['T-7 due', 'T-3 due'],
      '2018-03-16': ['T-7 due', 'T-3 due', 'T-1 due'],
      '2018-03-19': ['T-7 due', 'T-3 due', 'T-1 due', 'T0 due'],
    });
  });

  test('after a jump over several steps has the latest as due and the others as superseded', async () => {
    const { id } = await openDeadline(database.db, review);
    house.goTo('2018-03-17');
    expect(await house.sweep()).toBe(3);
    expect(await house.sweep()).toBe(0);
    expect(await ledgerOf(database.db, id)).toEqual(['T-7 superseded', 'T-3 superseded', 'T-1 due']);
    house.goTo('2018-12-31');
    await house.sweep();
    expect(await ledgerOf(database.db, id)).toEqual([
      'T-7 superseded',
      'T-3 superseded',
      'T-1 superseded',
      'T0 superseded',
      'T+1 superseded',
      'T+3 superseded',
      'E+3:deputy superseded',
      'E+5:head due',
    ]);
  });

  test('is the same when eight sweeps run at once over more deadlines than one batch holds', async () => {
    const { db } = database;
    const ids = await openMany(db, 1_200, review);
    house.goTo('2018-03-14');
    const written = await Promise.all(Array.from({ length: 8 }, () => house.sweep()));
    expect(written.reduce((sum, count) => sum + count, 0)).toBe(2 * ids.length);
    const ledger = await db('reminder_entries')
      .select('step', 'status')
      .count<{ step: string; status: string; count: string }[]>('* as count')
      .groupBy('step', 'status')
      .orderBy('step');
    expect(ledger).toEqual([
      { step: 'T-3', status: 'due', count: '1200' },
      { step: 'T-7', status: 'superseded', count: '1200' },
    ]);
  });

  test('does not look at a deadline again before its next step is due', async () => {
    const { id } = await openDeadline(database.db, review);
    house.goTo('2018-03-08');
    await house.sweep();
    const [row] = await database.db('deadlines').where({ id }).select<{ look_on: string }[]>('look_on');
    expect(row?.look_on).toBe('2018-03-14');
    house.goTo('2018-12-31');
    await house.sweep();
    const [last] = await database.db('deadlines').where({ id }).select<{ look_on: string }[]>('look_on');
    expect(last?.look_on).toBe('infinity');
  });

  test('gets nothing for a deadline that is closed', async () => {
    const { id } = await openDeadline(database.db, review);
    await closeDeadline(database.db, id, '2018-03-07');
    house.goTo('2018-03-20');
    expect(await house.sweep()).toBe(0);
  });

  test('gets nothing while a deadline stands still, and goes on by the new due day', async () => {
    const { db } = database;
    const { id, caseId } = await openDeadline(db, review);
    house.goTo('2018-03-08');
    await house.sweep();
    await db.transaction((trx) => pauseDeadline(trx, caseId, 'clusterReview', '2018-03-09'));
    house.goTo('2018-03-21');
    expect(await house.sweep()).toBe(0);
    await db.transaction((trx) => resumeDeadline(trx, id, '2018-03-29'));
    expect(await house.sweep()).toBe(0);
    house.goTo('2018-03-26');
    await house.sweep();
    expect(await ledgerOf(db, id)).toEqual(['T-7 superseded', 'T-3 due']);
  });
});
