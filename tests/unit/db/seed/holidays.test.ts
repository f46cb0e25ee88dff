import { describe, expect, test } from '@jest/globals';
import { shippedDays } from '../../../support/shippedCalendar.ts';

const rows = await shippedDays();
const years = Array.from({ length: 12 }, (_, n) => String(2016 + n));
const named = (name: string) => rows.filter((row) => row.name === name).map(({ date }) => date);
const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();

describe('the shipped days off', () => {
  test('are one row a day, in order, all still to be confirmed', () => {
    const dates = rows.map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect(rows.filter(({ standing }) => standing !== 'toConfirm')).toEqual([]);
  });

  test('hold New Year, five days of Tết, Giỗ Tổ, 30 April, 1 May and National Day in every year', () => {
    const perYear = years.map((year) =>
      rows.filter(({ date }) => date.startsWith(year)).map(({ name }) => name),
    );
    const count = (name: string) => perYear.map((names) => names.filter((one) => one === name).length);
    for (const name of ['Tết Dương lịch', 'Giỗ Tổ Hùng Vương', 'Ngày Chiến thắng', 'Ngày Quốc tế Lao động']) {
      expect(count(name)).toEqual(years.map(() => 1));
    }
    expect(count('Tết Nguyên đán')).toEqual(years.map(() => 5));
    expect(count('Quốc khánh')).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]);
  });

  test('hold the lunar days of the Vietnamese calendar', () => {
    const newYear = [
      '02-08',
      '01-28',
      '02-16',
      '02-05',
      '01-25',
      '02-12',
      '02-01',
      '01-22',
      '02-10',
      '01-29',
      '02-17',
      '02-06',
    ];
    const tet = named('Tết Nguyên đán');
    expect(newYear.map((day, i) => `${years[i] ?? ''}-${day}`).filter((date) => !tet.includes(date))).toEqual(
      [],
    );
    expect(named('Giỗ Tổ Hùng Vương')).toEqual([
      '2016-04-16',
      '2017-04-06',
      '2018-04-25',
      '2019-04-14',
      '2020-04-02',
      '2021-04-21',
      '2022-04-10',
      '2023-04-29',
      '2024-04-18',
      '2025-04-07',
      '2026-04-26',
      '2027-04-16',
    ]);
  });

  test('give a working day in lieu for each holiday on a weekend, and a day off for each swapped Saturday', () => {
    const inLieu = rows.filter(({ name }) => name.startsWith('Nghỉ bù'));
    const lost = rows.filter(
      ({ name, kind, date }) =>
        kind === 'holiday' && !name.startsWith('Nghỉ') && [0, 6].includes(weekday(date)),
    );
    expect(inLieu).toHaveLength(lost.length);
    expect(inLieu.filter(({ date }) => [0, 6].includes(weekday(date)))).toEqual([]);

    const worked = rows.filter(({ kind }) => kind === 'swapWorkday');
    expect(worked.filter(({ date }) => ![0, 6].includes(weekday(date)))).toEqual([]);
    expect(rows.filter(({ name }) => name.startsWith('Nghỉ hoán đổi'))).toHaveLength(worked.length);
  });
});
