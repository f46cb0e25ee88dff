const DAY_MS = 86_400_000;

/** The day (YYYY-MM-DD) so many calendar days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The day itself, or the Monday after it where it is a Saturday or Sunday. */
export function weekdayFrom(day: string): string {
  return isWeekend(day) ? weekdayFrom(addDays(day, 1)) : day;
}

/**
 * The n-th weekday after `day`, or for a negative n the n-th before it. The scenario asks for days in November and
 * December only, in which Vietnam has no public holiday, and checks with the server what it reckons so.
 */
export function addWeekdays(day: string, n: number): string {
  if (n === 0) return day;
  const next = addDays(day, Math.sign(n));
  return addWeekdays(next, isWeekend(next) ? n : n - Math.sign(n));
}

function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** 2018-01-12 as 12/01/2018. */
export function inVietnamese(day: string): string {
  return day.split('-').reverse().join('/');
}
