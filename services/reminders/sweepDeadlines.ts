import type { Knex } from 'knex';
import { claimDeadlines, setLookOn, type DeadlineToLookAt } from '../../db/deadlines.ts';
import {
  insertEntries,
  overtakeEntries,
  recordedSteps,
  type ReminderEntryRow,
} from '../../db/reminderEntries.ts';
import type { DeadlineKind } from '../../workflows/effects.ts';
import type { Ports } from '../ports.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import { dueSteps, ladder, type LadderStep } from './ladder.ts';
import { newEntries } from './newEntries.ts';
import { addWorkingDays } from './workingDays.ts';

export interface SweepDeps {
  db: Knex;
  ports: Ports;
  rulebook: Pick<Rulebook, 'deadlineRule' | 'calendar'>;
}

const BATCH = 500;

/**
 * Writes every reminder step that is due by today into the ledger, one entry per obligation and step whatever happens:
 * two sweeps at once, a clock that jumps, a process that dies. Of several steps of one deadline that have come due,
 * only the latest is to be told; the others are recorded as superseded. Answers how many entries were written.
 */
export async function sweepDeadlines(deps: SweepDeps): Promise<number> {
  const today = deps.ports.clock.today();
  const ladderOf = laddersOf(deps);
  let written = 0;
  for (;;) {
    const batch = await deps.db.transaction((trx) => sweepBatch(deps, trx, today, ladderOf));
    written += batch.written;
    if (batch.looked < BATCH) return written;
  }
}

async function sweepBatch(
  deps: SweepDeps,
  trx: Knex.Transaction,
  today: string,
  ladderOf: LadderOf,
): Promise<{ looked: number; written: number }> {
  const claimed = await claimDeadlines(trx, today, BATCH);
  if (claimed.length === 0) return { looked: 0, written: 0 };
  const recorded = new Map<string, Set<string>>(claimed.map(({ id }) => [id, new Set()]));
  for (const { deadline_id, step } of await recordedSteps(trx, [...recorded.keys()])) {
    recorded.get(deadline_id)?.add(step);
  }
  const looks = claimed.map((deadline) =>
    lookAt(deps, deadline, ladderOf, recorded.get(deadline.id) ?? new Set(), today),
  );
  const inserted = await insertEntries(
    trx,
    looks.flatMap(({ entries }) => entries),
  );
  await overtakeEntries(
    trx,
    inserted.filter(({ status }) => status === 'due'),
  );
  await setLookOn(trx, looks);
  return { looked: claimed.length, written: inserted.length };
}

type LadderOf = (deadline: DeadlineToLookAt) => readonly LadderStep[];

/** The ladders of one sweep: thousands of deadlines share few spans, and counting working days is what costs. */
function laddersOf({ rulebook }: SweepDeps): LadderOf {
  const known = new Map<string, readonly LadderStep[]>();
  const calendar = rulebook.calendar();
  return (deadline) => {
    const { kind, pack_id, opened_on, due_on } = deadline;
    const key = `${kind} ${pack_id ?? ''} ${opened_on} ${due_on}`;
    const steps =
      known.get(key) ??
      ladder(deadline, rulebook.deadlineRule(kind as DeadlineKind, pack_id, opened_on), calendar);
    known.set(key, steps);
    return steps;
  };
}

interface Look {
  id: string;
  look_on: string;
  entries: ReminderEntryRow[];
}

function lookAt(
  { ports, rulebook }: SweepDeps,
  deadline: DeadlineToLookAt,
  ladderOf: LadderOf,
  recorded: ReadonlySet<string>,
  today: string,
): Look {
  const { id } = deadline;
  try {
    const { due, nextOn } = dueSteps(ladderOf(deadline), today);
    const entries = newEntries(due, recorded).map(({ name, day, status }) => ({
      id: ports.newId(),
      deadline_id: id,
      step: name,
      scheduled_on: day,
      status,
      waiting: status === 'due',
      recorded_at: ports.clock.now(),
    }));
    return { id, look_on: nextOn ?? 'infinity', entries };
  } catch (error) {
    // One deadline without a rule must not keep all others from being swept.
    ports.log.error({ err: error, deadline: id }, 'a deadline cannot be looked at');
    return { id, look_on: addWorkingDays(today, 1, rulebook.calendar()), entries: [] };
  }
}
