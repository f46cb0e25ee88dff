import { InvalidInput, type Text } from '../errors.ts';

/**
 * Throws InvalidInput at `pointer` unless the day on a paper lies between two days, both of which count. A slip of the
 * year would open a golden book that nobody could close again.
 */
export function requirePaperDay(
  pointer: string,
  day: string,
  { from, today }: { from: string; today: string },
): void {
  if (from <= day && day <= today) return;
  const message: Text = {
    vi: `Ngày văn bản phải từ ${inWords(from)} đến ${inWords(today)}.`,
    en: `The date must lie between ${from} and ${today}.`,
  };
  throw new InvalidInput([{ pointer, message }]);
}

function inWords(day: string): string {
  return day.split('-').reverse().join('/');
}
