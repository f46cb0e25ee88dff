import type { Knex } from 'knex';
import type { HistoryEntry, OpenedDeadline } from '../../db/workflowSteps.ts';
import type { Actor } from '../../services/accounts/actor.ts';
import { GENESIS } from '../../services/audit/chain.ts';
import type { Capability, CaseRow } from '../../services/workflow/capability.ts';
import { decide, link, type DecidingContext } from '../../services/workflow/decide.ts';
import { newest } from '../../workflows/registry.ts';
import { begin } from '../../workflows/workflow.ts';
import { everyFact } from './workflowTable.ts';

/** An event on the way, with its payload and the facts that are false; all others are true. */
export interface Stride {
  type: string;
  payload?: object;
  not?: readonly string[];
}

/** A case and its way, as the door would have recorded it. */
export interface Walk {
  capability: Capability;
  unitId: string | null;
  clusterId: string | null;
  memberUnitIds?: readonly string[];
  packId?: string | null;
  input?: unknown;
  strides: readonly Stride[];
  /** The day on which every deadline that is left open is due; the schedule's own unless said. */
  dueOn?: string;
}

type OpenDeadline = OpenedDeadline & { paused_on: string | null };

/** The rows of a walked case. */
export interface WalkedCase {
  row: CaseRow;
  entries: HistoryEntry[];
  deadlines: OpenDeadline[];
}

/** Walks a case through the door's own deciding, without a store; messages are left out. */
export function walkCase({ actor, ...context }: DecidingContext & { actor: Actor }, walk: Walk): WalkedCase {
  const walked = startWalk(context, actor, walk);
  const facts = everyFact(newest(walk.capability.workflow), true);
  for (const { type, payload = {}, not = [] } of walk.strides) {
    const given = { ...facts, ...Object.fromEntries(not.map((fact) => [fact, false])) };
    const capability = { ...walk.capability, facts: () => given };
    const decided = decide(capability, walked.row, { type, payload, actor, officeId: null }, context);
    const { step, next, entry } = decided;
    walked.row = {
      ...walked.row,
      state: step.state,
      finished: step.finished,
      snapshot: next.snapshot,
      revision: step.from_revision + 1,
      head_hash: step.head_hash,
    };
    walked.entries.push(entry);
    const over = decided.closed.map(({ kind }) => kind);
    const paused = decided.shifts
      .filter(({ type: shift }) => shift === 'pause')
      .map(({ kind }): string => kind);
    walked.deadlines = [
      ...walked.deadlines
        .filter(({ kind }) => !over.includes(kind))
        .map((each) => (paused.includes(each.kind) ? { ...each, paused_on: context.moment.today } : each)),
      ...decided.opened.map((each) => ({ ...each, due_on: walk.dueOn ?? each.due_on, paused_on: null })),
    ];
  }
  return walked;
}

function startWalk({ ports, moment }: DecidingContext, actor: Actor, walk: Walk): WalkedCase {
  const definition = newest(walk.capability.workflow);
  const first = begin(definition, walk.input ?? {});
  const id = ports.newId();
  const entry = link(
    {
      instance_id: id,
      revision: 1,
      kind: 'created',
      type: 'CREATED',
      from_state: null,
      to_state: first.state,
      actor_id: actor.accountId,
      office_id: null,
      at: moment.now.toISOString(),
      detail: {},
    },
    GENESIS,
    ports.randomHex(16),
  );
  const row: CaseRow = {
    id,
    workflow: definition.name,
    version: definition.version,
    state: first.state,
    revision: 1,
    finished: first.finished,
    snapshot: first.snapshot,
    head_hash: entry.hash,
    unit_id: walk.unitId,
    cluster_id: walk.clusterId,
    created_at: moment.now,
    updated_at: moment.now,
    member_unit_ids: walk.memberUnitIds ?? [],
    pack_id: walk.packId ?? null,
  };
  return { row, entries: [entry], deadlines: [] };
}

/** Stores walked cases with their history and open deadlines, hundreds in a few statements. */
export async function insertWalked(trx: Knex.Transaction, cases: readonly WalkedCase[]): Promise<void> {
  await trx.batchInsert(
    'workflow_instances',
    cases.map(({ row: { member_unit_ids: _members, pack_id: _pack, ...row } }) => ({
      ...row,
      snapshot: JSON.stringify(row.snapshot),
    })),
    200,
  );
  const entries = cases.flatMap((each) => each.entries);
  await trx.batchInsert(
    'workflow_history',
    entries.map(({ salt: _salt, detail: _detail, ...linked }) => linked),
    200,
  );
  await trx.batchInsert(
    'history_details',
    entries.map(({ instance_id, revision, salt, detail }) => ({
      instance_id,
      revision,
      salt,
      detail: JSON.stringify(detail),
    })),
    200,
  );
  await trx.batchInsert(
    'deadlines',
    cases.flatMap(({ deadlines }) => deadlines),
    200,
  );
}
