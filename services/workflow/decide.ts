import type {
  ClosedDeadline,
  HistoryEntry,
  OpenedDeadline,
  OutboxEntry,
  StepRow,
} from '../../db/workflowSteps.ts';
import type { DeadlineKind, Effect, Party, Recording, Signal } from '../../workflows/effects.ts';
import { lookup } from '../../workflows/registry.ts';
import { step, type Step } from '../../workflows/workflow.ts';
import type { Actor } from '../accounts/actor.ts';
import { detailDigest, linkHash } from '../audit/chain.ts';
import type { Ports } from '../ports.ts';
import type { Capability, CaseRow, Moment, Schedule } from './capability.ts';

/** An event for a case, and who sends it with which office. */
export interface Command {
  type: string;
  payload: unknown;
  actor: Actor;
  officeId: string | null;
}

/** A deadline that stands still or runs on; needs the stored row, so it is written apart. */
export interface DeadlineShift {
  instanceId: string;
  type: 'pause' | 'resume';
  kind: DeadlineKind;
}

/** What one event does to one case: nothing is written yet. */
export interface Decided {
  row: CaseRow;
  next: Step;
  step: StepRow;
  entry: HistoryEntry;
  outbox: OutboxEntry[];
  opened: OpenedDeadline[];
  closed: ClosedDeadline[];
  shifts: DeadlineShift[];
  recordings: Recording[];
  signals: Signal[];
}

/** What deciding needs besides the case. */
export interface DecidingContext {
  schedule: Schedule;
  ports: Ports;
  moment: Moment;
}

/**
 * Decides one event on one case, from its stored snapshot and facts. Touches no store.
 * Throws EventNotAllowed when the machine refuses.
 */
export function decide(
  capability: Capability,
  row: CaseRow,
  command: Command,
  context: DecidingContext,
): Decided {
  const definition = lookup(capability.workflow, row.version);
  const facts = capability.facts(row, command.payload, command.actor, context.moment);
  const next = step(definition, row.snapshot, { type: command.type, payload: command.payload, facts });
  const entry = historyEntry(row, next, command, context);
  return {
    row,
    next,
    step: stepRow(row, next, entry),
    entry,
    recordings: next.effects.filter(isRecording),
    signals: next.effects.filter(isSignal),
    ...effectRows(next.effects, row, context),
  };
}

function stepRow(row: CaseRow, next: Step, entry: HistoryEntry): StepRow {
  return {
    id: row.id,
    from_revision: row.revision,
    state: next.state,
    finished: next.finished,
    snapshot: next.snapshot,
    head_hash: entry.hash,
    at: entry.at,
  };
}

function historyEntry(
  row: CaseRow,
  next: Step,
  command: Command,
  { ports, moment }: DecidingContext,
): HistoryEntry {
  return link(
    {
      instance_id: row.id,
      revision: row.revision + 1,
      kind: 'event',
      type: command.type,
      from_state: row.state,
      to_state: next.state,
      actor_id: command.actor.accountId,
      office_id: command.officeId,
      at: moment.now.toISOString(),
      detail: command.payload,
    },
    row.head_hash,
    ports.randomHex(16),
  );
}

/** Completes a history entry with its salted digest and its place in the chain. */
export function link(
  said: Omit<HistoryEntry, 'detail_digest' | 'prev_hash' | 'hash' | 'salt'>,
  previous: string,
  salt: string,
): HistoryEntry {
  const digest = detailDigest(salt, said.detail);
  const hash = linkHash(previous, {
    instanceId: said.instance_id,
    revision: said.revision,
    kind: said.kind,
    type: said.type,
    fromState: said.from_state,
    toState: said.to_state,
    actorId: said.actor_id,
    officeId: said.office_id,
    at: said.at,
    detailDigest: digest,
  });
  return { ...said, detail_digest: digest, prev_hash: previous, hash, salt };
}

type EffectRows = Pick<Decided, 'outbox' | 'opened' | 'closed' | 'shifts'>;

/** The rows that the door itself writes for a machine's effects. */
export function effectRows(effects: readonly Effect[], row: CaseRow, context: DecidingContext): EffectRows {
  const rows: EffectRows = { outbox: [], opened: [], closed: [], shifts: [] };
  for (const effect of effects) {
    if (effect.type === 'notify') {
      rows.outbox.push({
        id: context.ports.newId(),
        instance_id: row.id,
        kind: 'notify',
        payload: { instanceId: row.id, workflow: row.workflow, template: effect.template, to: effect.to },
      });
    } else if (effect.type === 'openDeadline') {
      rows.opened.push(...openedDeadlines(effect.kind, effect.owedBy, row, context));
    } else if (effect.type === 'closeDeadline') {
      rows.closed.push({ instance_id: row.id, kind: effect.kind, closed_on: context.moment.today });
    } else if (effect.type === 'pauseDeadline') {
      rows.shifts.push({ instanceId: row.id, type: 'pause', kind: effect.kind });
    } else if (effect.type === 'resumeDeadline') {
      rows.shifts.push({ instanceId: row.id, type: 'resume', kind: effect.kind });
    }
  }
  return rows;
}

/** One obligation, or one for each member unit where each of them owes its part. */
function openedDeadlines(
  kind: DeadlineKind,
  owedBy: Party,
  row: CaseRow,
  { schedule, ports, moment }: DecidingContext,
): OpenedDeadline[] {
  const common = {
    instance_id: row.id,
    kind,
    owed_by: owedBy,
    pack_id: row.pack_id,
    opened_on: moment.today,
    due_on: schedule.dueOn(kind, moment.today, row.pack_id),
  };
  const owedCluster = owedBy === 'clusterLead' ? row.cluster_id : null;
  const units = owedBy === 'eachMember' ? row.member_unit_ids : [owedBy === 'unit' ? row.unit_id : null];
  return units.map((unit) => ({
    ...common,
    id: ports.newId(),
    owed_unit_id: unit,
    owed_cluster_id: owedCluster,
  }));
}

function isRecording(effect: Effect): effect is Recording {
  return effect.type === 'record';
}

function isSignal(effect: Effect): effect is Signal {
  return effect.type === 'signal';
}
