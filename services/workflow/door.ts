import type { Knex } from 'knex';
import { NotFound } from '../../db/errors.ts';
import { lockInstances } from '../../db/workflowInstances.ts';
import { writeSteps } from '../../db/workflowSteps.ts';
import { StaleRevision } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { capabilityOf, type Capabilities, type CaseRow, type Moment, type Schedule } from './capability.ts';
import { decide, rememberingStep, type Command, type Decided, type DecidingContext } from './decide.ts';
import { joinCalls } from './joinCalls.ts';
import { moveDeadlines } from './moveDeadlines.ts';

export interface DoorDeps {
  db: Knex;
  capabilities: Capabilities;
  schedule: Schedule;
  ports: Ports;
}

/** An event for one case, as it reaches the door. */
export interface Knock extends Command {
  /** The case as the caller has just read it; the door reads again only where somebody was faster. */
  row: CaseRow;
  /** The revision the caller says it saw (If-Match), or null. */
  expectedRevision: number | null;
}

/** The one place where a case changes its state. */
export interface Door {
  /**
   * Applies the event and all that it signals, in one transaction: state, history, messages, deadlines and the
   * capability's rows, or nothing. Answers the case after it. `trx` joins the caller's transaction.
   *
   * Throws EventNotAllowed when the machine refuses, StaleRevision when `expectedRevision` is not the current
   * one, NotFound when the case is gone. Authorization stands before the door, not in it.
   */
  apply(knock: Knock, trx?: Knex.Transaction): Promise<CaseRow>;
}

/** So many times somebody else may be faster before the door gives up on a case. */
const MAX_ATTEMPTS = 10;

/** Somebody else moved the case between our read and our write. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Steps of different cases that requests in flight want written share one statement, each with its own check. */
const MOST_IN_ONE_WRITE = 64;

type WriteStep = (decided: Decided) => Promise<boolean>;

export function createDoor(deps: DoorDeps): Door {
  const writeStep: WriteStep = joinCalls((all) => writeEach(deps.db, all), {
    keyOf: ({ row }) => row.id,
    most: MOST_IN_ONE_WRITE,
  });
  return {
    async apply(knock, trx) {
      let row = knock.row;
      for (let attempt = 1; ; attempt += 1) {
        if (knock.expectedRevision !== null && knock.expectedRevision !== row.revision) {
          throw new StaleRevision(row.revision);
        }
        try {
          return await applyOnce(deps, writeStep, { ...knock, row }, trx);
        } catch (error) {
          if (!(error instanceof Overtaken) || attempt === MAX_ATTEMPTS) throw staleIfOvertaken(error, row);
          row = await rereadCase(deps, trx ?? deps.db, row);
        }
      }
    },
  };
}

/** Reads a case anew through its capability. Throws NotFound. */
async function rereadCase(
  { capabilities, ports }: Pick<DoorDeps, 'capabilities' | 'ports'>,
  db: Knex,
  { workflow, id }: { workflow: string; id: string },
): Promise<CaseRow> {
  const [row] = await capabilityOf(capabilities, workflow).readCases(db, [id], ports.clock.today());
  if (row === undefined) throw new NotFound(workflow);
  return row;
}

function staleIfOvertaken(error: unknown, row: CaseRow): unknown {
  return error instanceof Overtaken ? new StaleRevision(row.revision + 1) : error;
}

async function applyOnce(
  deps: DoorDeps,
  writeStep: WriteStep,
  knock: Knock,
  trx?: Knex.Transaction,
): Promise<CaseRow> {
  const context = decidingContext(deps);
  const decided = decide(capabilityOf(deps.capabilities, knock.row.workflow), knock.row, knock, context);
  if (isPlain(decided)) return applyPlain(decided, trx === undefined ? writeStep : alone(trx));
  if (trx !== undefined) return applyWide(deps, knock, decided, context, trx);
  return deps.db.transaction((own) => applyWide(deps, knock, decided, context, own));
}

function decidingContext({ schedule, ports }: DoorDeps): DecidingContext {
  return { schedule, ports, moment: momentOf(ports) };
}

/** The moment of now, read once so that one request has one time. */
export function momentOf({ clock }: Pick<Ports, 'clock'>): Moment {
  return { now: clock.now(), today: clock.today() };
}

/** Nothing beyond what the door's own statement writes. */
function isPlain({ recordings, signals, shifts }: Decided): boolean {
  return recordings.length + signals.length + shifts.length === 0;
}

/** The hot path: what was read is guarded by compare-and-set, so one statement is the whole transaction. */
async function applyPlain(decided: Decided, writeStep: WriteStep): Promise<CaseRow> {
  if (!(await writeStep(decided))) throw new Overtaken();
  return afterStep(decided);
}

/** Writes steps that have nothing to do with each other; says of each whether it moved. */
async function writeEach(db: Knex, all: readonly Decided[]): Promise<boolean[]> {
  const moved = await writeSteps(db, rowsOf(all));
  return all.map(({ row }) => moved.has(row.id));
}

/** A step in the caller's transaction shares its statement with nobody. */
function alone(trx: Knex.Transaction): WriteStep {
  return async (decided) => (await writeSteps(trx, rowsOf([decided]))).size === 1;
}

/** An event that moves other cases, or writes rows of its capability: all cases locked, then decided anew. */
async function applyWide(
  deps: DoorDeps,
  knock: Knock,
  first: Decided,
  context: DecidingContext,
  trx: Knex.Transaction,
): Promise<CaseRow> {
  const capability = capabilityOf(deps.capabilities, knock.row.workflow);
  const related = first.signals.flatMap((signal) => capability.related(knock.row, signal));
  await lockInstances(trx, [knock.row.id, ...related]);

  const row = await rereadCase(deps, trx, knock.row);
  if (row.revision !== knock.row.revision) throw new Overtaken();
  const decided = decide(capability, row, knock, context);
  const signalled = await decideSignals(deps, decided, knock, context, trx);

  const all = [decided, ...signalled];
  if ((await writeSteps(trx, rowsOf(all))).size !== all.length) throw new Overtaken();
  await moveDeadlines(
    trx,
    all.flatMap(({ shifts }) => shifts),
    deps.schedule,
    context.moment.today,
  );
  await capability.record(trx, decided.recordings, {
    row,
    payload: knock.payload,
    actor: knock.actor,
    moment: context.moment,
    ports: deps.ports,
  });
  return rereadCase(deps, trx, row);
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
  const take = rememberingStep();
  for (const signal of signals) {
    const ids = sender.related(row, signal);
    const rows = await receiver.readCases(trx, ids, context.moment.today);
    if (rows.length !== ids.length)
      throw new Error(`${signal.event} of ${row.id} does not reach all its cases`);
    const event = { ...command, type: signal.event, payload: signal.payload };
    decided.push(...rows.map((each) => decide(receiver, each, event, context, take)));
  }
  return decided;
}

function rowsOf(all: readonly Decided[]) {
  return {
    steps: all.map(({ step }) => step),
    history: all.map(({ entry }) => entry),
    outbox: all.flatMap(({ outbox }) => outbox),
    opened: all.flatMap(({ opened }) => opened),
    closed: all.flatMap(({ closed }) => closed),
  };
}

function afterStep({ row, step, next, entry }: Decided): CaseRow {
  return {
    ...row,
    state: next.state,
    finished: next.finished,
    snapshot: next.snapshot,
    revision: step.from_revision + 1,
    head_hash: entry.hash,
    updated_at: new Date(entry.at),
  };
}
