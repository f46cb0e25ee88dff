import type { Knex } from 'knex';
import { insertInstance } from '../../db/workflowInstances.ts';
import { newest } from '../../workflows/registry.ts';
import { begin, type WorkflowName } from '../../workflows/workflow.ts';
import type { Actor } from '../accounts/actor.ts';
import { GENESIS } from '../audit/chain.ts';
import type { Ports } from '../ports.ts';
import { link } from './decide.ts';
import { momentOf } from './momentOf.ts';

/** A new case: which workflow, whose, and what the machine pins at its start. */
export interface NewCase {
  id: string;
  workflow: WorkflowName;
  unitId: string | null;
  clusterId: string | null;
  input: unknown;
  actor: Actor;
  officeId: string | null;
  /** What the first history event says in words. */
  detail: unknown;
}

/**
 * Starts a case on the newest version of its workflow, with its first history event, in the caller's
 * transaction; the caller inserts the capability's own row after it.
 */
export async function startCase(trx: Knex.Transaction, ports: Ports, created: NewCase): Promise<void> {
  const definition = newest(created.workflow);
  const first = begin(definition, created.input);
  if (first.effects.length > 0)
    throw new Error(`workflow ${created.workflow} asks for effects before its first event`);
  const at = momentOf(ports).now;
  const entry = link(
    {
      instance_id: created.id,
      revision: 1,
      kind: 'created',
      type: 'CREATED',
      from_state: null,
      to_state: first.state,
      actor_id: created.actor.accountId,
      office_id: created.officeId,
      at: at.toISOString(),
      detail: created.detail,
    },
    GENESIS,
    ports.randomHex(16),
  );
  await insertInstance(
    trx,
    {
      id: created.id,
      workflow: created.workflow,
      version: definition.version,
      state: first.state,
      revision: 1,
      finished: first.finished,
      snapshot: first.snapshot,
      head_hash: entry.hash,
      unit_id: created.unitId,
      cluster_id: created.clusterId,
      created_at: at,
      updated_at: at,
    },
    entry,
  );
}
