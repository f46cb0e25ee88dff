import type { Knex } from 'knex';

/** A day off, or a Saturday or Sunday swapped into a working day. */
export interface HolidayRow {
  date: string;
  name: string;
  kind: 'holiday' | 'swapWorkday';
  standing: 'verified' | 'toConfirm';
}

export function readHolidays(db: Knex): Promise<HolidayRow[]> {
  return db<HolidayRow>('holidays').orderBy('date');
}

/** Adds days; a day that is there already stays as an administrator left it. */
export async function insertHolidays(trx: Knex.Transaction, rows: readonly HolidayRow[]): Promise<void> {
  if (rows.length === 0) return;
  await trx<HolidayRow>('holidays')
    .insert([...rows])
    .onConflict('date')
    .ignore();
}
