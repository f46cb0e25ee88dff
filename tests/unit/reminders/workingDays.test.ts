import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addWorkingDays,
  isWorkingDay,
  workingDaysBetween,
  type Calendar,
} from '../../../services/reminders/workingDays.ts';
import { shippedCalendar } from '../../support/shippedCalendar.ts';

const shipped = await shippedCalendar();

describe('the days of the demo year 2018', () => {
  test.each([
    ['2018-01-01', false],
    ['2018-01-02', true],
    ['2018-01-06', false],
    ['2018-01-07', false],
    ['2018-02-13', true],
    ['2018-02-14', false],
    ['2018-02-20', false],
    ['2018-02-21', true],
    ['2018-04-25', false],
    ['2018-04-30', false],
    ['2018-09-03', false],
    ['2018-12-31', false],
    ['2019-01-05', true],
  ])('%s is a working day: %p', (date, expected) => {
    expect(isWorkingDay(date, shipped)).toBe(expected);
  });

  test.each([
    ['2018-01-02', 1, '2018-01-03'],
    ['2018-01-05', 1, '2018-01-08'],
    ['2018-01-06', 1, '2018-01-08'],
    ['2018-01-06', 0, '2018-01-06'],
    ['2018-02-09', 5, '2018-02-23'],
    ['2018-02-23', -5, '2018-02-09'],
    ['2018-12-28', 4, '2019-01-05'],
    ['2018-01-08', -1, '2018-01-05'],
    ['2018-01-07', -1, '2018-01-05'],
  ])('%s and %i working days is %s', (date, n, expected) => {
    expect(addWorkingDays(date, n, shipped)).toBe(expected);
  });

  test.each([
    ['2018-01-02', '2018-01-02', 0],
    ['2018-01-05', '2018-01-08', 1],
    ['2018-01-06', '2018-01-07', 0],
    ['2018-01-08', '2018-01-05', -1],
    ['2018-02-09', '2018-02-23', 5],
    ['2018-01-01', '2018-12-31', 250],
  ])('from %s to %s are %i working days', (from, to, expected) => {
    expect(workingDaysBetween(from, to, shipped)).toBe(expected);
  });
});

describe('any calendar', () => {
  const dates = fc
    .integer({ min: 0, max: 3650 })
    .map((n) => new Date(Date.UTC(2016, 0, 1 + n)).toISOString().slice(0, 10));
  const someDays = fc.array(dates, { maxLength: 300 }).map((days): ReadonlySet<string> => new Set(days));
  const calendars: fc.Arbitrary<Calendar> = fc.record({ holidays: someDays, workdays: someDays });
  const steps = fc.integer({ min: -80, max: 80 });

  test('what is added is what lies between, in both directions', () => {
    fc.assert(
      fc.property(dates, steps, calendars, (date, n, calendar) => {
        expect(workingDaysBetween(date, addWorkingDays(date, n, calendar), calendar)).toBe(n + 0);
      }),
    );
  });

  test('a step lands on a working day', () => {
    fc.assert(
      fc.property(dates, steps, calendars, (date, n, calendar) => {
        fc.pre(n !== 0);
        expect(isWorkingDay(addWorkingDays(date, n, calendar), calendar)).toBe(true);
      }),
    );
  });

  test('steps add up, and one more step is later', () => {
    const counts = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(dates, counts, counts, calendars, (date, a, b, calendar) => {
        const there = addWorkingDays(date, a, calendar);
        expect(addWorkingDays(there, b, calendar)).toBe(addWorkingDays(date, a + b, calendar));
        expect(addWorkingDays(date, a + 1, calendar) > there).toBe(true);
      }),
    );
  });

  test('from a working day, going back undoes going forward', () => {
    fc.assert(
      fc.property(dates, steps, calendars, (date, n, calendar) => {
        fc.pre(isWorkingDay(date, calendar));
        expect(addWorkingDays(addWorkingDays(date, n, calendar), -n, calendar)).toBe(date);
      }),
    );
  });

  test('a holiday is off even when it is also a swapped workday', () => {
    const both: Calendar = { holidays: new Set(['2018-01-06']), workdays: new Set(['2018-01-06']) };
    expect(isWorkingDay('2018-01-06', both)).toBe(false);
  });

  test.each(['2018-02-30', 'yesterday', ''])('%p is no day', (date) => {
    expect(() => isWorkingDay(date, shipped)).toThrow(RangeError);
    expect(() => addWorkingDays(date, 1, shipped)).toThrow(RangeError);
    expect(() => workingDaysBetween('2018-01-02', date, shipped)).toThrow(RangeError);
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('%p is no number of days', (n) => {
    expect(() => addWorkingDays('2018-01-02', n, shipped)).toThrow(RangeError);
  });
});
