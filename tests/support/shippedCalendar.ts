import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Calendar } from '../../services/reminders/workingDays.ts';

const days = z.array(
  z.strictObject({
    date: z.iso.date(),
    name: z.string().min(1),
    kind: z.enum(['holiday', 'swapWorkday']),
    standing: z.enum(['verified', 'toConfirm']),
  }),
);
export type ShippedDay = z.infer<typeof days>[number];

/** The rows of db/seed/holidays.json. */
export async function shippedDays(): Promise<ShippedDay[]> {
  const file = join(import.meta.dirname, '../../db/seed/holidays.json');
  return days.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** The shipped days off and swapped working days as a calendar. */
export async function shippedCalendar(): Promise<Calendar> {
  const rows = await shippedDays();
  const dates = (kind: ShippedDay['kind']) =>
    new Set(rows.filter((row) => row.kind === kind).map(({ date }) => date));
  return { holidays: dates('holiday'), workdays: dates('swapWorkday') };
}
