import { describe, expect, test } from '@jest/globals';
import { packForDate } from '../../../services/rules/packForDate.ts';
import { shippedPacks } from '../../support/rulePacks.ts';

const shipped = await shippedPacks();

function codeOn(day: string): string {
  const found = packForDate(shipped, day);
  return found.status === 'in-force' ? found.pack.code : found.status;
}

describe('packForDate', () => {
  test.each([
    ['2015-12-31', 'no-rule-in-force'],
    ['2016-01-01', 'luat-2003'],
    ['2018-01-02', 'luat-2003'],
    ['2023-12-31', 'luat-2003'],
    ['2024-01-01', 'luat-2022-nd98'],
    ['2025-06-30', 'luat-2022-nd98'],
    ['2025-07-01', 'luat-2022-nd152'],
    ['2026-09-30', 'luat-2022-nd152'],
    ['2026-10-01', 'no-rule-in-force'],
    ['2031-05-05', 'no-rule-in-force'],
  ])('a dossier received on %s stands under %s', (day, expected) => {
    expect(codeOn(day)).toBe(expected);
  });

  test('a later beginning takes over, then a higher version, whatever the order of the list', () => {
    const packs = [
      { id: 'first', version: 1, validFrom: null, validTo: null },
      { id: 'second', version: 2, validFrom: null, validTo: null },
      { id: 'amended', version: 1, validFrom: '2020-07-01', validTo: null },
    ];
    const idOn = (day: string, list = packs) => {
      const found = packForDate(list, day);
      return found.status === 'in-force' ? found.pack.id : found.status;
    };
    const reversed = [...packs].reverse();
    expect([idOn('2020-06-30'), idOn('2020-07-01')]).toEqual(['second', 'amended']);
    expect([idOn('2020-06-30', reversed), idOn('2020-07-01', reversed)]).toEqual(['second', 'amended']);
  });
});
