import { describe, expect, test } from '@jest/globals';
import { addDays, addWeekdays, inVietnamese, weekdayFrom } from '../../../services/scenario/days.ts';
import { addWorkingDays } from '../../../services/reminders/workingDays.ts';

describe('the days of the scenario', () => {
  test('step over weekends in both directions, and never count the day itself', () => {
    expect(addWeekdays('2018-11-16', 1)).toBe('2018-11-19');
    expect(addWeekdays('2018-11-19', -1)).toBe('2018-11-16');
    expect(addWeekdays('2018-11-19', -3)).toBe('2018-11-14');
    expect(addWeekdays('2018-11-17', 0)).toBe('2018-11-17');
  });

  test('agree with the product’s working days where there is no holiday', () => {
    const calendar = { holidays: new Set<string>(), workdays: new Set<string>() };
    for (let n = -12; n <= 12; n += 1) {
      expect(addWeekdays('2018-11-19', n)).toBe(addWorkingDays('2018-11-19', n, calendar));
    }
  });

  test('begin a part of the year on a weekday', () => {
    expect(weekdayFrom('2018-12-22')).toBe('2018-12-24');
    expect(weekdayFrom('2018-12-24')).toBe('2018-12-24');
    expect(addDays('2018-12-31', 1)).toBe('2019-01-01');
  });

  test('are written as officials write them', () => {
    expect(inVietnamese('2018-01-12')).toBe('12/01/2018');
  });
});
