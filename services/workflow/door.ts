import type { Knex } from 'knex';
import { writeSteps } from '../../db/workflowSteps.ts';
import { applyWide } from './applyWide.ts';
import { capabilityOf, type Capability, type CaseRow } from './capability.ts';
import { decide, type Decided } from './decide.ts';
import { joinCalls } from './joinCalls.ts';
import { commandOn, decidingContext, refuseStale, rereadCase, type DoorDeps, type Knock } from './knock.ts';
import { rowsOf } from './rowsOf.ts';

/** The one place where a case changes its state. */
export interface Door {
  /**
   * Applies the event and all that it signals, in one transaction: state, history, messages, deadlines and the
   * capability's rows, or nothing. Answers the case after it. `trx` joins the caller's transaction.
   *
   * Throws EventNotAllowed when the machine refuses, or no office of the actor may send it in this state;
   * StaleRevision when `expectedRevision` is not the current one; NotFound when the case is gone. Who may never
   * send it at all is turned away before the door (403).
   */
  apply(knock: Knock, trx?: Knex.Transaction): Promise<CaseRow>;
}

/** So many times somebody else may be faster; after that the case is locked before it is decided on. */
const FREE_ATTEMPTS = 3;

/** Steps of different cases that requests in flight want written share one statement, each with its own check. */
const MOST_IN_ONE_WRITE = 64;

type WriteStep = (decided: Decided) => Promise<boolean>;

export function createDoor(deps: DoorDeps): Door {
  const shared: WriteStep = joinCalls((all) => writeEach(deps.db, all), {
    keyOf: ({ row }) => row.id,
    most: MOST_IN_ONE_WRITE,
  });
  return {
    async apply(knock, trx) {
      const writeStep = trx === undefined ? shared : alone(trx);
      let { row } = knock;
      for (let attempt = 1; attempt <= FREE_ATTEMPTS; attempt += 1) {
        refuseStale(knock, row);
        const context = decidingContext(deps);
        const capability = capabilityOf(deps.capabilities, row.workflow);
        const decided = decide(capability, row, commandOn(deps, knock, row), context);
        if (!isPlain(decided, capability)) break;
        if (await writeStep(decided)) return afterStep(decided);
        row = await rereadCase(deps, trx ?? deps.db, row);
      }
      const wide = (own: Knex.Transaction) => applyWide(deps, { ...knock, row }, own);
      return trx === undefined ? deps.db.transaction(wide) : wide(trx);
    },
  };
}

/**
 * Nothing beyond what the door's own statement writes, and nothing written that the case shows besides its state:
 * compare-and-set makes it the whole transaction, and the answer needs no reading.
 */
function isPlain(
  { recordings, signals, shifts, opened, closed }: Decided,
  { readsDeadlines = false }: Capability,
): boolean {
  const unread = readsDeadlines ? opened.length + closed.length : 0;
  return recordings.length + signals.length + shifts.length + unread === 0;
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
