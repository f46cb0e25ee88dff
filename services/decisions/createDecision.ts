import type { Knex } from 'knex';
import { insertDecisionItems } from '../../db/decisionItems.ts';
import { insertDecision, type DecisionKind } from '../../db/decisions.ts';
import type { Actor, Office } from '../accounts/actor.ts';
import type { Ports } from '../ports.ts';
import { startCase } from '../workflow/startCase.ts';
import { acceptItems, keyOf, type ItemInput } from './acceptItems.ts';

export interface NewDecision {
  kind: DecisionKind;
  title: string;
  items: readonly ItemInput[];
}

/** Drafts a decision with its items; answers its id. Throws InvalidInput with every item that cannot stand. */
export async function createDecision(
  trx: Knex.Transaction,
  ports: Ports,
  by: { actor: Actor; office: Office },
  { kind, title, items }: NewDecision,
): Promise<string> {
  const id = ports.newId();
  const rows = await acceptItems(trx, { id, kind }, items);
  await startCase(trx, ports, {
    id,
    workflow: 'decision',
    unitId: null,
    clusterId: null,
    input: { decisionId: id, kind },
    actor: by.actor,
    officeId: by.office.id,
    detail: { kind, title, items: items.map(keyOf) },
  });
  await insertDecision(trx, { id, kind, title, year: Number(ports.clock.today().slice(0, 4)) });
  await insertDecisionItems(trx, rows);
  return id;
}
