import type { Knex } from 'knex';
import type { InstanceRow } from '../../db/workflowInstances.ts';
import type { DeadlineKind, Recording, Signal } from '../../workflows/effects.ts';
import type { Facts, WorkflowName } from '../../workflows/workflow.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Ports } from '../ports.ts';
import type { Policy } from './policy.ts';

/** A case as its capability reads it: where it stands, plus the capability's own columns. */
export interface CaseRow extends InstanceRow {
  /** The units of the case's cluster on the day of reading; empty where it has none. */
  member_unit_ids: readonly string[];
  /** The rule pack pinned by the case, null where the day's pack counts. */
  pack_id: string | null;
  /** The units that score criteria of the case's sheet; only scoring rounds have them. */
  assessor_unit_ids?: readonly string[];
}

/** The moment of a request, in domain time. */
export interface Moment {
  now: Date;
  today: string;
}

/** A history event with what it says in words. */
export interface HistoryWords {
  kind: 'created' | 'event' | 'fact';
  type: string;
  actor_id: string | null;
  detail: unknown;
}

/** What a capability may use while it writes the rows of its `record` effects. */
export interface RecordingContext<Row extends CaseRow = CaseRow> {
  /** The case as it was read and locked, before the event. */
  row: Row;
  payload: unknown;
  actor: Actor;
  moment: Moment;
  ports: Ports;
}

/** What each collection of contract.md §3 gives the door and the API: one object per workflow. */
export interface Capability<Row extends CaseRow = CaseRow> {
  readonly workflow: WorkflowName;
  readonly collection: string;
  readonly policy: Policy;

  /** Reads these cases in ONE statement, with all that `facts` and `present` need. Unknown ids are left out. */
  readCases(db: Knex, ids: readonly string[], today: string): Promise<Row[]>;

  /** The same for a list of cases, where a whole case would be too much; `readCases` where left out. */
  readListed?(db: Knex, ids: readonly string[], today: string): Promise<Row[]>;

  /** True where `facts` or `present` ask for the case's deadlines: after an event that moves one, it is read again. */
  readonly readsDeadlines?: boolean;

  /** The facts that the machine's guards ask for; pure. Without a payload: for some payload. */
  facts(row: Row, payload: unknown, viewer: Actor, moment: Moment): Facts;

  /** The policy's action for an event, where that depends on what the event says; its type where left out. */
  actionOf?(type: string, payload: unknown): string;

  /** The instances that a signal of this case goes to. */
  related(row: Row, signal: Signal): string[];

  /** The resource's own fields in the envelope, as this viewer may see them. */
  present(row: Row, viewer: Actor, moment: Moment): Record<string, unknown>;

  /** What this viewer may read of a history event's words; all of them where the capability does not say. */
  presentDetail?(row: Row, entry: HistoryWords, viewer: Actor): unknown;

  /** True where this viewer may not read who sent a history event; nobody is hidden where it is left out. */
  hidesActor?(row: Row, entry: HistoryWords, viewer: Actor): boolean;

  /** Writes the rows of the `record` effects, in the transaction of the event. */
  record(
    trx: Knex.Transaction,
    recordings: readonly Recording[],
    context: RecordingContext<Row>,
  ): Promise<void>;
}

/** The date by which something that starts on `from` is due: working days by the pack's rule. */
export interface Schedule {
  dueOn(kind: DeadlineKind, from: string, packId: string | null): string;
  /** Working days left between two days, for a deadline that stands still. */
  workingDaysBetween(from: string, to: string): number;
  addWorkingDays(from: string, days: number): string;
}

/** The capability of each workflow. */
export type Capabilities = ReadonlyMap<WorkflowName, Capability>;

/** The capability of a workflow. Throws when none was wired: a fault of main.ts, not of a caller. */
export function capabilityOf(capabilities: Capabilities, workflow: string): Capability {
  const found = capabilities.get(workflow as WorkflowName);
  if (found === undefined) throw new Error(`no capability is wired for workflow ${workflow}`);
  return found;
}
