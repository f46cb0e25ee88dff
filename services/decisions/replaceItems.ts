import type { Knex } from 'knex';
import { deleteDecisionItems, insertDecisionItems } from '../../db/decisionItems.ts';
import type { DecisionCase } from '../../db/views/decisionCases.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Ports } from '../ports.ts';
import { recordFact } from '../workflow/recordFact.ts';
import { officeEver } from '../workflow/policy.ts';
import { acceptItems, keyOf, type ItemInput } from './acceptItems.ts';
import { decisionCapability } from './decisionCapability.ts';

/**
 * Puts another list of items in a draft. Throws NotAllowedNow once it has left its draft, StaleRevision when
 * `expectedRevision` is not the current one, InvalidInput with every item that cannot stand.
 */
export async function replaceItems(
  trx: Knex.Transaction,
  ports: Ports,
  { row, actor, expectedRevision }: { row: DecisionCase; actor: Actor; expectedRevision: number | null },
  items: readonly ItemInput[],
): Promise<void> {
  const kind = row.decision.kind;
  await recordFact(trx, ports, {
    instanceId: row.id,
    type: 'ITEMS_REPLACED',
    actor,
    officeId: officeEver(decisionCapability.policy, 'setItems', actor, row)?.id ?? null,
    detail: { items: items.map(keyOf) },
    states: ['draft'],
    refusal: {
      vi: 'Chỉ sửa được danh sách khi quyết định còn là dự thảo.',
      en: 'The list can only be changed while the decision is a draft.',
    },
    expectedRevision,
  });
  const rows = await acceptItems(trx, { id: row.id, kind }, items);
  await deleteDecisionItems(trx, row.id);
  await insertDecisionItems(trx, rows);
}
