import { z } from 'zod';
import type { DecisionKind } from '../../../db/decisions.ts';
import type { ItemInput } from '../../decisions/acceptItems.ts';
import { createDecision } from '../../decisions/createDecision.ts';
import { decisionCapability } from '../../decisions/decisionCapability.ts';
import { replaceItems } from '../../decisions/replaceItems.ts';
import { momentOf } from '../../workflow/momentOf.ts';
import { envelope } from '../../workflow/envelope.ts';
import { mayEver, NO_CASE, rolesOf } from '../../workflow/policy.ts';
import { route, type Route } from '../route.ts';
import { envelopeSchema, visibleCase, type CaseRouteDeps } from './caseParts.ts';
import { caseRoutes } from './cases.ts';
import { createRoute } from './createRoute.ts';
import { idParams, nameOnPaper, uuid } from './shared.ts';

const MAX_ITEMS = 5_000;

const line = (max: number) => z.string().trim().min(1).max(max);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(MAX_ITEMS);

const title = line(500);
const awarded = z.strictObject({ nominationId: uuid });
const revoked = z.strictObject({ awardId: uuid, reason: line(2_000) });
const corrected = revoked.extend({ recipientName: nameOnPaper });

const decisionRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('award'), title, items: list(awarded) }),
  z.strictObject({ kind: z.literal('revocation'), title, items: list(revoked) }),
  z.strictObject({ kind: z.literal('correction'), title, items: list(corrected) }),
]);

const ITEMS: Record<DecisionKind, z.ZodType<{ items: ItemInput[] }>> = {
  award: z.strictObject({ items: list(awarded) }),
  revocation: z.strictObject({ items: list(revoked) }),
  correction: z.strictObject({ items: list(corrected) }),
};

/** Decisions: the case routes, drafting one with its items, and putting another list in a draft. */
export function decisionRoutes(deps: CaseRouteDeps): Route[] {
  return [
    ...caseRoutes(decisionCapability, deps),
    createRoute(decisionCapability, deps, {
      summary: { vi: 'Dự thảo quyết định', en: 'Draft a decision' },
      body: decisionRequest,
      scope: () => Promise.resolve(NO_CASE),
      create: (trx, by, draft) => createDecision(trx, deps.ports, by, draft),
    }),
    itemsRoute(deps),
  ];
}

function itemsRoute({ ports }: CaseRouteDeps): Route {
  const subject = visibleCase(decisionCapability, ports);
  return route({
    method: 'put',
    path: '/decisions/{id}/items',
    tag: 'decisions',
    summary: { vi: 'Sửa danh sách của dự thảo', en: 'Replace the items of a draft' },
    permission: {
      name: 'decisions.items',
      roles: rolesOf(decisionCapability.policy, ['setItems']),
      allows: (actor, row) => mayEver(decisionCapability.policy, 'setItems', actor, row),
    },
    params: idParams,
    body: z.object({ items: list(z.union([awarded, corrected, revoked])) }),
    bodyFor: (row) => ITEMS[row.decision.kind],
    response: envelopeSchema,
    subject,
    handle: ({ actor, subject: row, body, expectedRevision, within }) =>
      within(async (trx) => {
        await replaceItems(trx, ports, { row, actor, expectedRevision }, body.items);
        const moment = momentOf(ports);
        const [after = row] = await decisionCapability.readCases(trx, [row.id], moment.today);
        return { body: envelope(decisionCapability, after, actor, moment), revision: after.revision };
      }),
  });
}
