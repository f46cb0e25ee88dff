import type { Knex } from 'knex';
import { openDeadlines, pauseDeadline, resumeDeadline } from '../../db/deadlines.ts';
import type { Schedule } from './capability.ts';
import type { DeadlineShift } from './decide.ts';

/**
 * Lets deadlines stand still or run on. A deadline that runs on keeps the working days that were left when it
 * stopped: time in which the other side had the case is not counted.
 */
export async function moveDeadlines(
  trx: Knex.Transaction,
  shifts: readonly DeadlineShift[],
  schedule: Schedule,
  today: string,
): Promise<void> {
  for (const { instanceId, type, kind } of shifts) {
    if (type === 'pause') {
      await pauseDeadline(trx, instanceId, kind, today);
      continue;
    }
    const paused = (await openDeadlines(trx, [instanceId])).filter(
      (row) => row.kind === kind && row.paused_on !== null,
    );
    for (const row of paused) {
      const left = schedule.workingDaysBetween(row.paused_on ?? today, row.due_on);
      await resumeDeadline(trx, row.id, schedule.addWorkingDays(today, left));
    }
  }
}
