import { expect, test } from '@jest/globals';
import {
  deadlineLabels,
  longDate,
  partyLabels,
  shortDate,
  timeLeft,
} from '../../../services/reminders/words.ts';
import { deadlineKinds, parties } from '../../../workflows/effects.ts';

test('every kind of deadline and every party has words', () => {
  expect(Object.keys(deadlineLabels).sort()).toEqual([...deadlineKinds].sort());
  expect(Object.keys(partyLabels).sort()).toEqual([...parties].sort());
});

test('dates are written as officials write them', () => {
  expect(shortDate('2018-01-12')).toBe('12/01/2018');
  expect(longDate('2018-01-12')).toBe('thứ Sáu 12/01/2018');
  expect(longDate('2018-02-18')).toBe('Chủ nhật 18/02/2018');
});

test('the time left is in working days', () => {
  expect([3, 0, -2].map(timeLeft)).toEqual([
    'còn 3 ngày làm việc',
    'đến hạn hôm nay',
    'quá hạn 2 ngày làm việc',
  ]);
});
