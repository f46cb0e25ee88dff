import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dueSteps, escalationOf, ladder } from '../../../services/reminders/ladder.ts';
import { addWorkingDays, type Calendar } from '../../../services/reminders/workingDays.ts';
import type { DeadlineRule } from '../../../services/rules/rulePack.ts';
import { shippedCalendar } from '../../support/shippedCalendar.ts';

const plainWeek: Calendar = { holidays: new Set(), workdays: new Set() };

const rule: DeadlineRule = {
  kind: 'clusterReview',
  workingDays: 10,
  remindBefore: [7, 3, 1],
  remindOnDay: true,
  remindAfter: [1, 3],
  escalate: [
    { afterDays: 3, to: 'deputy' },
    { afterDays: 5, to: 'head' },
  ],
  basis: 'Thử',
  standing: 'toConfirm',
};

// Opened on Monday 05/03/2018, ten working days: due on Monday 19/03/2018.
const span = { opened_on: '2018-03-05', due_on: '2018-03-19' };

let shipped: Calendar;

beforeAll(async () => {
  shipped = await shippedCalendar();
});

describe('the ladder of a deadline', () => {
  test('names each step in order with its working day', () => {
    expect(ladder(span, rule, plainWeek)).toEqual([
      { name: 'T-7', day: '2018-03-08' },
      { name: 'T-3', day: '2018-03-14' },
      { name: 'T-1', day: '2018-03-16' },
      { name: 'T0', day: '2018-03-19' },
      { name: 'T+1', day: '2018-03-20' },
      { name: 'T+3', day: '2018-03-22' },
      { name: 'E+3:deputy', day: '2018-03-22' },
      { name: 'E+5:head', day: '2018-03-26' },
    ]);
  });

  test('counts no day of the Tết holiday of 2018 between the due day and its reminders', () => {
    const overTet = { opened_on: '2018-02-05', due_on: '2018-02-22' };
    const days = Object.fromEntries(ladder(overTet, rule, shipped).map(({ name, day }) => [name, day]));
    expect(days).toMatchObject({ 'T-1': '2018-02-21', 'T-3': '2018-02-12', T0: '2018-02-22' });
  });

  test('leaves out what would fall on the day it was opened or before', () => {
    const short = { opened_on: '2018-03-14', due_on: '2018-03-19' };
    expect(ladder(short, rule, plainWeek).map(({ name }) => name)).toEqual([
      'T-1',
      'T0',
      'T+1',
      'T+3',
      'E+3:deputy',
      'E+5:head',
    ]);
  });

  test('of a rule without reminders is empty', () => {
    const silent = { ...rule, remindBefore: [], remindOnDay: false, remindAfter: [], escalate: [] };
    expect(ladder(span, silent, plainWeek)).toEqual([]);
  });

  test('is in the order of its days for any opening day, whatever days are off', () => {
    const epoch = '2018-01-02';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), (offset) => {
        const opened_on = addWorkingDays(epoch, offset, shipped);
        const due_on = addWorkingDays(opened_on, rule.workingDays, shipped);
        const steps = ladder({ opened_on, due_on }, rule, shipped);
        expect(steps).toHaveLength(8);
        expect(steps.map(({ day }) => day)).toEqual(steps.map(({ day }) => day).sort());
        expect(steps.every(({ day }) => day > opened_on)).toBe(true);
      }),
    );
  });
});

describe('what is due', () => {
  test.each([
    ['2018-03-07', [], '2018-03-08'],
    ['2018-03-08', ['T-7'], '2018-03-14'],
    ['2018-03-13', ['T-7'], '2018-03-14'],
    ['2018-03-17', ['T-7', 'T-3', 'T-1'], '2018-03-19'],
    ['2018-03-19', ['T-7', 'T-3', 'T-1', 'T0'], '2018-03-20'],
    ['2018-03-22', ['T-7', 'T-3', 'T-1', 'T0', 'T+1', 'T+3', 'E+3:deputy'], '2018-03-26'],
    ['2018-12-31', ['T-7', 'T-3', 'T-1', 'T0', 'T+1', 'T+3', 'E+3:deputy', 'E+5:head'], null],
  ])('on %s', (today, names, nextOn) => {
    const found = dueSteps(ladder(span, rule, plainWeek), today);
    expect(found.due.map(({ name }) => name)).toEqual(names);
    expect(found.nextOn).toBe(nextOn);
  });
});

test('a step says whether it is an escalation, and to whom', () => {
  expect(['T-3', 'T0', 'T+3', 'E+3:deputy', 'E+5:head'].map(escalationOf)).toEqual([
    null,
    null,
    null,
    'deputy',
    'head',
  ]);
});
