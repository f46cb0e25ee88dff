import { Temporal } from 'temporal-polyfill';

/**
 * The days on which Vietnamese offices differ from Monday to Friday, as YYYY-MM-DD: `holidays` are off, with days in
 * lieu (nghỉ bù) and days swapped away; `workdays` are Saturdays or Sundays worked in exchange. A day in both is off.
 */
export interface Calendar {
  holidays: ReadonlySet<string>;
  workdays: ReadonlySet<string>;
}

const SATURDAY = 6;

/** Whether offices work on this day (YYYY-MM-DD). Throws RangeError for what is no day. */
export function isWorkingDay(date: string, calendar: Calendar): boolean {
  return works(Temporal.PlainDate.from(date), calendar);
}

/**
 * The n-th working day after `date`, or for a negative n the n-th before it. The day itself is never counted, so a
 * step of five working days that starts on a Monday ends on the next Monday. For 0 it is `date` itself, working or
 * not. Throws RangeError unless `date` is a day and n a whole number.
 */
export function addWorkingDays(date: string, n: number, calendar: Calendar): string {
  if (!Number.isSafeInteger(n)) throw new RangeError(`working days must be a whole number, not ${n}`);
  const step = { days: Math.sign(n) };
  let day = Temporal.PlainDate.from(date);
  for (let left = Math.abs(n); left > 0;) {
    day = day.add(step);
    if (works(day, calendar)) left -= 1;
  }
  return day.toString();
}

/**
 * The working days from `from` to `to`: those after `from` up to and with `to`, or, when `to` comes first, minus those
 * before `from` down to and with `to`. So addWorkingDays(from, n) is n working days away for every n. Throws
 * RangeError for what is no day.
 */
export function workingDaysBetween(from: string, to: string, calendar: Calendar): number {
  const end = Temporal.PlainDate.from(to);
  let day = Temporal.PlainDate.from(from);
  const direction = Temporal.PlainDate.compare(end, day);
  const step = { days: direction };
  let count = 0;
  while (!day.equals(end)) {
    day = day.add(step);
    if (works(day, calendar)) count += direction;
  }
  return count;
}

function works(day: Temporal.PlainDate, { holidays, workdays }: Calendar): boolean {
  const date = day.toString();
  if (holidays.has(date)) return false;
  return day.dayOfWeek < SATURDAY || workdays.has(date);
}
