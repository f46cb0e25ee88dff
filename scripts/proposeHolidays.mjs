// Proposes the days off of Vietnamese offices for one or more years, as rows for db/seed/holidays.json:
//   node scripts/proposeHolidays.mjs 2028 [2029 …]
// A proposal only: which days Tết and the second National Day fall on, and which working days are swapped with
// Saturdays, is announced each year. Compare with the announcement, add its swaps, then commit the file.
import Holidays from 'date-holidays';

const VIETNAMESE_NEW_YEAR = 'vietnamese 1-0-1';
const HUNG_KINGS_DAY = 'vietnamese 3-0-10';
const TWO_NATIONAL_DAYS_FROM = 2021;

/** The days off of a year in order of date, with days in lieu where one falls on a weekend. */
export function proposeHolidays(year) {
  const lunar = new Holidays('VN').getHolidays(year);
  const dayOf = (rule) => lunar.find((holiday) => holiday.rule === rule).date.slice(0, 10);
  const days = new Map();
  const take = (date, name) => {
    if (!days.has(date)) days.set(date, name);
  };

  take(`${year}-01-01`, 'Tết Dương lịch');
  for (const date of newYearDays(dayOf(VIETNAMESE_NEW_YEAR))) take(date, 'Tết Nguyên đán');
  take(dayOf(HUNG_KINGS_DAY), 'Giỗ Tổ Hùng Vương');
  take(`${year}-04-30`, 'Ngày Chiến thắng');
  take(`${year}-05-01`, 'Ngày Quốc tế Lao động');
  for (const date of nationalDays(year)) take(date, 'Quốc khánh');

  for (const [date, name] of [...days].sort()) {
    if (isWeekend(date)) take(nextFree(date, days), `Nghỉ bù ${name}`);
  }
  return [...days].sort().map(([date, name]) => ({ date, name, kind: 'holiday', standing: 'toConfirm' }));
}

/** Five days. One before New Year's Day where that is a Monday or Tuesday, else two: as announced 2016–2026. */
function newYearDays(first) {
  const before = [1, 2].includes(weekday(first)) ? 1 : 2;
  return [0, 1, 2, 3, 4].map((n) => shift(first, n - before));
}

/** From 2021 also the day next to 2 September that joins it to a weekend, as announced 2021–2026. */
function nationalDays(year) {
  const day = `${year}-09-02`;
  if (year < TWO_NATIONAL_DAYS_FROM) return [day];
  return [day, shift(day, [1, 4].includes(weekday(day)) ? 1 : -1)];
}

function nextFree(date, taken) {
  const next = shift(date, 1);
  return isWeekend(next) || taken.has(next) ? nextFree(next, taken) : next;
}

function weekday(date) {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

function isWeekend(date) {
  return [0, 6].includes(weekday(date));
}

function shift(date, days) {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

if (import.meta.filename === process.argv[1]) {
  const years = process.argv.slice(2).map(Number);
  if (years.length === 0 || !years.every((year) => year >= 2016 && year <= 2100)) {
    console.error('usage: node scripts/proposeHolidays.mjs YEAR [YEAR …]');
    process.exit(2);
  }
  console.log(JSON.stringify(years.flatMap(proposeHolidays), null, 2));
}
