import { z } from 'zod';
import { pageOfInstances } from '../../../db/workflowInstances.ts';
import type { Capability } from '../../workflow/capability.ts';
import { envelope } from '../../workflow/envelope.ts';
import { momentOf } from '../../workflow/momentOf.ts';
import { visibleWindows } from '../../workflow/visibleWindows.ts';
import { route, type Route } from '../route.ts';
import { eventRoute } from './caseEvents.ts';
import { historyRoute } from './caseHistory.ts';
import { envelopeSchema, readPermission, visibleCase, type CaseRouteDeps } from './caseParts.ts';
import { idParams, pageQuery } from './shared.ts';

/** The four routes that every collection of contract.md §3 has: list, one, its history, its events. */
export function caseRoutes(capability: Capability, deps: CaseRouteDeps): Route[] {
  return [
    listRoute(capability, deps),
    oneRoute(capability, deps),
    historyRoute(capability, deps),
    eventRoute(capability, deps),
  ];
}

function listRoute(capability: Capability, { ports }: CaseRouteDeps): Route {
  return route({
    method: 'get',
    path: `/${capability.collection}`,
    tag: capability.collection,
    summary: { vi: 'Danh sách', en: 'List' },
    permission: readPermission(capability),
    query: pageQuery.extend({
      state: z.string().optional(),
      unitId: z.uuid().optional(),
      clusterId: z.uuid().optional(),
    }),
    response: z.object({ items: z.array(envelopeSchema), nextCursor: z.string().nullable() }),
    async handle({ db, actor, query }) {
      const moment = momentOf(ports);
      const filter = {
        states: query.state?.split(',') ?? null,
        unitId: query.unitId ?? null,
        clusterId: query.clusterId ?? null,
      };
      const page = { limit: query.limit + 1, cursor: query.cursor ?? null };
      const windows = visibleWindows(capability.policy, actor);
      const ids = await pageOfInstances(db, capability.workflow, windows, filter, page);
      const shown = ids.slice(0, query.limit);
      const read =
        (await capability.readListed?.(db, shown, moment.today)) ??
        (await capability.readCases(db, shown, moment.today));
      const rows = new Map(read.map((row) => [row.id, row]));
      const items = shown
        .flatMap((id) => rows.get(id) ?? [])
        .map((row) => envelope(capability, row, actor, moment));
      return { body: { items, nextCursor: ids.length > query.limit ? (shown.at(-1) ?? null) : null } };
    },
  });
}

function oneRoute(capability: Capability, { ports }: CaseRouteDeps): Route {
  const subject = visibleCase(capability, ports);
  return route({
    method: 'get',
    path: `/${capability.collection}/{id}`,
    tag: capability.collection,
    summary: { vi: 'Một hồ sơ', en: 'One case' },
    permission: readPermission(capability),
    params: idParams,
    response: envelopeSchema,
    subject,
    handle: ({ actor, subject: row }) =>
      Promise.resolve({ body: envelope(capability, row, actor, momentOf(ports)), revision: row.revision }),
  });
}
