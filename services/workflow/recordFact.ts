import type { Knex } from 'knex';
import { lockInstance, saveFact } from '../../db/workflowInstances.ts';
import type { Actor } from '../accounts/actor.ts';
import { NotAllowedNow, StaleRevision, type Text } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { link } from './decide.ts';
import { momentOf } from './momentOf.ts';

/** A fact that counts for a case: a score sheet, a presence, a document, a vote. */
export interface Fact {
  instanceId: string;
  type: string;
  actor: Actor;
  officeId: string | null;
  /** Goes into the erasable words beside the chain; ids and figures, no more of a person than needed. */
  detail: unknown;
  /** The states in which this fact may still be recorded, and the sentence that refuses it elsewhere. */
  states: readonly string[];
  refusal: Text;
  /** The revision that the caller says it saw (If-Match); null or left out: whichever it is. */
  expectedRevision?: number | null;
}

/**
 * Records that a fact changed: one history event of the case, its revision moved on, its state untouched.
 * The case stays locked until the transaction ends, so the door never decides on facts that are changing;
 * call it BEFORE writing the fact's own row. Answers the new revision.
 * Throws StaleRevision when `expectedRevision` is not the current one, NotAllowedNow (`wrong-state`) outside
 * `states`, NotFound for an unknown case.
 */
export async function recordFact(trx: Knex.Transaction, ports: Ports, fact: Fact): Promise<number> {
  const row = await lockInstance(trx, fact.instanceId);
  const expected = fact.expectedRevision ?? null;
  if (expected !== null && expected !== row.revision) throw new StaleRevision(row.revision);
  if (!fact.states.includes(row.state)) throw new NotAllowedNow('wrong-state', fact.refusal);
  const entry = link(
    {
      instance_id: row.id,
      revision: row.revision + 1,
      kind: 'fact',
      type: fact.type,
      from_state: row.state,
      to_state: row.state,
      actor_id: fact.actor.accountId,
      office_id: fact.officeId,
      at: momentOf(ports).now.toISOString(),
      detail: fact.detail,
    },
    row.head_hash,
    ports.randomHex(16),
  );
  await saveFact(trx, entry);
  return entry.revision;
}
