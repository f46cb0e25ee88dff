import type { NominationRow } from '../../db/nominations.ts';
import type { HistoryEntry } from '../../db/workflowSteps.ts';
import { GENESIS } from '../../services/audit/chain.ts';
import { link } from '../../services/workflow/decide.ts';
import { newest } from '../../workflows/registry.ts';
import { begin, step, type Step } from '../../workflows/workflow.ts';
import type { TestServer } from './testServer.ts';
import { everyFact } from './workflowTable.ts';

/** An award of the shipped 2003 pack that goes neither to a cluster nor to the council. */
const PLAIN_AWARD = 'merit_certificate_province';

export interface WaitingOptions {
  awardCode?: string;
  unitCode?: string;
  /** The state to stop in; awaitingDecision unless said. */
  stopAt?: 'draft' | 'appraisal' | 'awaitingDecision';
  /** Recipients by number, from 1. */
  name?: (number: number) => string;
  /** What the machine is told of the route; the rule pack may say otherwise. */
  higher?: boolean;
}

/**
 * Nominations that wait for a decision, without their way there over HTTP: real instances with real, chained
 * history and an open deadline each, thousands in a second. Answers their ids in order.
 */
export async function waitingNominations(
  server: TestServer,
  count: number,
  {
    awardCode = PLAIN_AWARD,
    unitCode = 'dakglei',
    stopAt = 'awaitingDecision',
    name,
    higher = false,
  }: WaitingOptions = {},
): Promise<string[]> {
  const { db } = server.database;
  const { ports } = server.wired;
  const unit = await db<{ id: string; code: string }>('units').where({ code: unitCode }).first();
  const pack = await db<{ id: string; code: string }>('rule_packs').where({ code: 'luat-2003' }).first();
  if (unit === undefined || pack === undefined) throw new Error('the demo province or its rules are missing');

  const definition = newest('nomination');
  const facts = everyFact(definition, true);
  const first = begin(definition, { route: { clusterVote: false, council: false, higher } });
  const submitted = step(definition, first.snapshot, { type: 'SUBMIT', payload: {}, facts });
  const passed = step(definition, submitted.snapshot, { type: 'PASS_APPRAISAL', payload: {}, facts });
  const path: [string, Step][] = [
    ['CREATED', first],
    ['SUBMIT', submitted],
    ['PASS_APPRAISAL', passed],
  ];
  const walked = path.slice(0, path.findIndex(([, { state }]) => state === stopAt) + 1);
  const last = walked.at(-1)?.[1] ?? first;

  const at = ports.clock.now();
  const today = ports.clock.today();
  const cases = Array.from({ length: count }, (_, index) => {
    const id = ports.newId();
    const entries: HistoryEntry[] = [];
    for (const [type, { state }] of walked) {
      const before = entries.at(-1);
      const said = {
        instance_id: id,
        revision: entries.length + 1,
        kind: before === undefined ? ('created' as const) : ('event' as const),
        type,
        from_state: before?.to_state ?? null,
        to_state: state,
        actor_id: null,
        office_id: null,
        at: at.toISOString(),
        detail: {},
      };
      entries.push(link(said, before?.hash ?? GENESIS, ports.randomHex(16)));
    }
    const nomination: NominationRow = {
      id,
      award_code: awardCode,
      pack_id: pack.id,
      unit_id: unit.id,
      cluster_id: null,
      movement_id: null,
      year: Number(today.slice(0, 4)),
      subject_type: 'individual',
      subject_name: name?.(index + 1) ?? `Nguyễn Văn ${index + 1}`,
      subject_position: null,
      achievement: 'Thành tích thử nghiệm',
      received_on: today,
    };
    return { id, entries, nomination };
  });

  await db.transaction(async (trx) => {
    await trx.batchInsert(
      'workflow_instances',
      cases.map(({ id, entries }) => ({
        id,
        workflow: 'nomination',
        version: definition.version,
        state: last.state,
        revision: entries.length,
        finished: last.finished,
        snapshot: JSON.stringify(last.snapshot),
        head_hash: entries.at(-1)?.hash ?? '',
        unit_id: unit.id,
        cluster_id: null,
        created_at: at,
        updated_at: at,
      })),
      500,
    );
    const entries = cases.flatMap((each) => each.entries);
    await trx.batchInsert(
      'workflow_history',
      entries.map(({ salt: _salt, detail: _detail, ...linked }) => linked),
      500,
    );
    await trx.batchInsert(
      'history_details',
      entries.map(({ instance_id, revision, salt, detail }) => ({
        instance_id,
        revision,
        salt,
        detail: JSON.stringify(detail),
      })),
      500,
    );
    await trx.batchInsert(
      'nominations',
      cases.map(({ nomination }) => nomination),
      500,
    );
    if (stopAt !== 'awaitingDecision') return;
    await trx.batchInsert(
      'deadlines',
      cases.map(({ id }) => ({
        id: ports.newId(),
        instance_id: id,
        kind: 'decision',
        owed_by: 'recordsClerk',
        opened_on: today,
        due_on: today,
      })),
      500,
    );
  });
  return cases.map(({ id }) => id);
}
