import { describe, expect, test } from '@jest/globals';
import { newEntries } from '../../../services/reminders/newEntries.ts';

const steps = (...names: string[]) => names.map((name, index) => ({ name, day: `2018-03-0${index + 1}` }));

describe('what a sweep records', () => {
  test('the only due step is due', () => {
    expect(newEntries(steps('T-7'), new Set())).toEqual([{ name: 'T-7', day: '2018-03-01', status: 'due' }]);
  });

  test('of several that came due at once the latest is due and the others are superseded', () => {
    expect(newEntries(steps('T-7', 'T-3', 'T-1'), new Set())).toEqual([
      { name: 'T-7', day: '2018-03-01', status: 'superseded' },
      { name: 'T-3', day: '2018-03-02', status: 'superseded' },
      { name: 'T-1', day: '2018-03-03', status: 'due' },
    ]);
  });

  test('what is recorded is not recorded again', () => {
    expect(newEntries(steps('T-7', 'T-3'), new Set(['T-7', 'T-3']))).toEqual([]);
    expect(newEntries(steps('T-7', 'T-3', 'T-1'), new Set(['T-7', 'T-1']))).toEqual([
      { name: 'T-3', day: '2018-03-02', status: 'superseded' },
    ]);
  });
});
