import type { Knex } from 'knex';
import { lockInstances } from '../../db/workflowInstances.ts';
import { writeSteps } from '../../db/workflowSteps.ts';
import { capabilityOf, type CaseRow } from './capability.ts';
import { decide, type Command, type Decided, type DecidingContext } from './decide.ts';
import { commandOn, decidingContext, refuseStale, rereadCase, type DoorDeps, type Knock } from './knock.ts';
import { moveDeadlines } from './moveDeadlines.ts';
import { rowsOf } from './rowsOf.ts';

/**
 * The way of an event that moves other cases or writes rows of its capability: everything it touches is locked in
 * order of id, decided on as it stands under the locks, and written in one statement.
 */
export async function applyWide(deps: DoorDeps, knock: Knock, trx: Knex.Transaction): Promise<CaseRow> {
  const context = decidingContext(deps);
  const { row, decided } = await decideLocked(deps, knock, context, trx);
  const signalled = await decideSignals(deps, decided, commandOn(deps, knock, row), context, trx);

  const all = [decided, ...signalled];
  const moved = await writeSteps(trx, rowsOf(all));
  if (moved.size !== all.length)
    throw new Error(`${knock.type} of ${row.id} moved ${moved.size} of ${all.length} cases`);
  const shifts = all.flatMap((each) => each.shifts);
  await moveDeadlines(trx, shifts, deps.schedule, context.moment.today);
  await capabilityOf(deps.capabilities, row.workflow).record(trx, decided.recordings, {
    row,
    payload: knock.payload,
    actor: knock.actor,
    moment: context.moment,
    ports: deps.ports,
  });
  return rereadCase(deps, trx, row);
}

/**
 * Locks the case and all that its event signals, and decides under the locks. Which cases are signalled is known
 * only from the case itself, so a case that names others once it is locked is locked again with those.
 */
async function decideLocked(
  deps: DoorDeps,
  knock: Knock,
  context: DecidingContext,
  trx: Knex.Transaction,
): Promise<{ row: CaseRow; decided: Decided }> {
  const capability = capabilityOf(deps.capabilities, knock.row.workflow);
  const decideOn = (row: CaseRow) => {
    refuseStale(knock, row);
    return decide(capability, row, commandOn(deps, knock, row), context);
  };
  const relatedTo = ({ row, signals }: Decided) =>
    signals.flatMap((signal) => capability.related(row, signal));

  let locked = new Set<string>();
  let decided = decideOn(knock.row);
  for (;;) {
    const wanted = [knock.row.id, ...relatedTo(decided)];
    if (wanted.every((id) => locked.has(id))) return { row: decided.row, decided };
    await lockInstances(trx, wanted);
    locked = new Set([...locked, ...wanted]);
    decided = decideOn(await rereadCase(deps, trx, knock.row));
  }
}

/** What the signals of one case do to the cases they go to. A signalled case signals no further. */
async function decideSignals(
  deps: DoorDeps,
  { row, signals }: Decided,
  command: Command,
  context: DecidingContext,
  trx: Knex.Transaction,
): Promise<Decided[]> {
  const decided: Decided[] = [];
  const sender = capabilityOf(deps.capabilities, row.workflow);
  const receiver = capabilityOf(deps.capabilities, 'nomination');
  for (const signal of signals) {
    const ids = sender.related(row, signal);
    const rows = await receiver.readCases(trx, ids, context.moment.today);
    if (rows.length !== ids.length)
      throw new Error(`${signal.event} of ${row.id} does not reach all its cases`);
    const event = { ...command, type: signal.event, payload: signal.payload };
    decided.push(...rows.map((each) => decide(receiver, each, event, context)));
  }
  return decided;
}
