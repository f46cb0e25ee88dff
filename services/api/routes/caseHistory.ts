import { z } from 'zod';
import { historyOf, type HistoryRow } from '../../../db/workflowHistory.ts';
import { lookup } from '../../../workflows/registry.ts';
import type { WorkflowDefinition } from '../../../workflows/workflow.ts';
import type { Actor } from '../../accounts/actor.ts';
import type { Capability, CaseRow } from '../../workflow/capability.ts';
import { route, type Route } from '../route.ts';
import { readPermission, visibleCase, type CaseRouteDeps } from './caseParts.ts';
import { idParams } from './shared.ts';

const historySchema = z.object({
  items: z.array(
    z.object({
      revision: z.int(),
      kind: z.enum(['created', 'event', 'fact']),
      type: z.string(),
      label: z.object({ vi: z.string(), en: z.string() }).nullable(),
      fromState: z.string().nullable(),
      toState: z.string(),
      actor: z.object({ id: z.uuid(), name: z.string(), office: z.string().nullable() }).nullable(),
      at: z.iso.datetime(),
      detail: z.unknown(),
      hash: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** Who did what when, from which state to which, with reasons: as far as this viewer may read it. */
export function historyRoute(capability: Capability, { ports }: CaseRouteDeps): Route {
  const subject = visibleCase(capability, ports);
  return route({
    method: 'get',
    path: `/${capability.collection}/{id}/history`,
    tag: capability.collection,
    summary: { vi: 'Quá trình xử lý', en: 'History' },
    permission: readPermission(capability),
    params: idParams,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(100),
      cursor: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
    }),
    response: historySchema,
    subject,
    async handle({ db, actor, subject: seen, query }) {
      const rows = await historyOf(db, seen.id, { limit: query.limit + 1, after: query.cursor });
      const shown = rows.slice(0, query.limit);
      const definition = lookup(capability.workflow, seen.version);
      const last = shown.at(-1);
      const nextCursor = rows.length > query.limit && last !== undefined ? String(last.revision) : null;
      const items = shown.map((row) =>
        presentHistory(readableEntry(capability, seen, row, actor), definition),
      );
      return { body: { items, nextCursor } };
    },
  });
}

/** A history event without what this viewer may not read of it. */
function readableEntry(capability: Capability, seen: CaseRow, row: HistoryRow, viewer: Actor): HistoryRow {
  const hidden = capability.hidesActor?.(seen, row, viewer) ?? false;
  return {
    ...row,
    actor_id: hidden ? null : row.actor_id,
    detail: capability.presentDetail === undefined ? row.detail : capability.presentDetail(seen, row, viewer),
  };
}

function presentHistory(row: HistoryRow, definition: WorkflowDefinition) {
  return {
    revision: row.revision,
    kind: row.kind,
    type: row.type,
    label: definition.events[row.type]?.label ?? null,
    fromState: row.from_state,
    toState: row.to_state,
    actor:
      row.actor_id === null
        ? null
        : { id: row.actor_id, name: row.actor_name ?? '', office: row.office_title },
    at: row.at.toISOString(),
    detail: row.detail,
    hash: row.hash,
  };
}
