import type { Knex } from 'knex';
import { z } from 'zod';
import { NotFound } from '../../../db/errors.ts';
import { historyOf, type HistoryRow } from '../../../db/workflowHistory.ts';
import { pageOfInstances } from '../../../db/workflowInstances.ts';
import { lookup, newest } from '../../../workflows/registry.ts';
import { EventNotAllowed, type WorkflowDefinition } from '../../../workflows/workflow.ts';
import type { Actor } from '../../accounts/actor.ts';
import type { Text } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import type { Capability, CaseRow } from '../../workflow/capability.ts';
import type { Door } from '../../workflow/door.ts';
import { momentOf } from '../../workflow/momentOf.ts';
import { envelope, offeredEvents } from '../../workflow/envelope.ts';
import { readCase } from '../../workflow/readCase.ts';
import { inPersonOnly } from '../../workflow/inPersonOnly.ts';
import { mayEver, officeFor, rolesOf } from '../../workflow/policy.ts';
import { visibleWindows } from '../../workflow/visibleWindows.ts';
import { documentedEvents, eventSchema } from '../eventSchema.ts';
import { RefusedEvent } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { idParams, pageQuery } from './shared.ts';

export interface CaseRouteDeps {
  ports: Ports;
  door: Door;
}

/** The envelope as the API document shows it; each collection's own fields stand beside these. */
export const envelopeSchema = z
  .looseObject({
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    workflow: z.object({
      name: z.string(),
      version: z.int(),
      state: z.string(),
      revision: z.int(),
      finished: z.boolean(),
      label: z.object({ vi: z.string(), en: z.string() }),
      allowedEvents: z.array(
        z.object({
          type: z.string(),
          label: z.object({ vi: z.string(), en: z.string() }),
          payloadSchema: z.unknown(),
        }),
      ),
    }),
  })
  .meta({ id: 'Envelope' });

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

/** Finds a case that the caller may see. Throws NotFound for all others, whether they exist or not. */
export function visibleCase<Row extends CaseRow>(capability: Capability<Row>, ports: Ports) {
  return async ({ db, actor, params }: { db: Knex; actor: Actor; params: { id: string } }): Promise<Row> => {
    const row = await readCase(capability, db, params.id, ports.clock.today());
    if (row === null || officeFor(capability.policy, 'view', actor, row) === null) {
      throw new NotFound(capability.collection);
    }
    return row;
  };
}

/** The four routes that every collection of contract.md §3 has: list, one, its history, its events. */
export function caseRoutes(capability: Capability, deps: CaseRouteDeps): Route[] {
  return [
    listRoute(capability, deps),
    oneRoute(capability, deps),
    historyRoute(capability, deps),
    eventRoute(capability, deps),
  ];
}

/** Reading a collection: what of it the caller sees is the subject's matter, not the permission's. */
function readPermission({ collection, policy }: Capability) {
  return { name: `${collection}.read`, roles: rolesOf(policy, ['view']), allows: () => true };
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

function historyRoute(capability: Capability, { ports }: CaseRouteDeps): Route {
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
      cursor: z.coerce.number().int().min(0).default(0),
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

function eventRoute(capability: Capability, { ports, door }: CaseRouteDeps): Route {
  const subject = visibleCase(capability, ports);
  return route({
    method: 'post',
    path: `/${capability.collection}/{id}/events`,
    tag: capability.collection,
    summary: { vi: 'Gửi một sự kiện', en: 'Send an event' },
    permission: {
      name: `${capability.collection}.event`,
      roles: rolesOf(capability.policy, Object.keys(newest(capability.workflow).events)),
      allows: (actor, subject, { body: { type, ...payload } }) =>
        inPersonOnly(type) && actor.scopes !== null
          ? BY_TOKEN
          : mayEver(capability.policy, capability.actionOf?.(type, payload) ?? type, actor, subject),
    },
    params: idParams,
    body: documentedEvents(newest(capability.workflow)),
    bodyFor: (subject, raw) => eventSchema(lookup(capability.workflow, subject.version), raw),
    response: envelopeSchema,
    subject,
    async handle({ actor, subject: row, body, expectedRevision, trx }) {
      const { type, ...payload } = body;
      const moment = momentOf(ports);
      try {
        const after = await door.apply({ row, type, payload, actor, expectedRevision }, trx);
        return { body: envelope(capability, after, actor, moment), revision: after.revision };
      } catch (error) {
        throw error instanceof EventNotAllowed ? refused(error, capability, row, actor, ports) : error;
      }
    },
  });
}

const BY_TOKEN: Text = {
  vi: 'Biểu quyết và ký phải tự mình đăng nhập để làm, không dùng mã truy cập.',
  en: 'Votes and signatures are given in person, from a session: no token may send them.',
};

function refused(
  error: EventNotAllowed,
  capability: Capability,
  row: CaseRow,
  actor: Actor,
  ports: Ports,
): RefusedEvent {
  const definition = newest(capability.workflow);
  const missing = error.missing.map((fact) => ({
    fact,
    label: definition.facts[fact] ?? { vi: fact, en: fact },
  }));
  const label = definition.events[error.event]?.label ?? { vi: error.event, en: error.event };
  const state = definition.states[error.state]?.label ?? { vi: error.state, en: error.state };
  const needs = (language: 'vi' | 'en') => missing.map((each) => each.label[language]).join('; ');
  const detail =
    missing.length > 0
      ? {
          vi: `Chưa thể "${label.vi}": còn thiếu ${needs('vi')}.`,
          en: `"${label.en}" is not possible yet: ${needs('en')}.`,
        }
      : {
          vi: `Không thể "${label.vi}" khi hồ sơ đang ở bước "${state.vi}".`,
          en: `"${label.en}" is not possible in the state "${state.en}".`,
        };
  const allowed = offeredEvents(capability, row, actor, momentOf(ports));
  return new RefusedEvent(detail, { allowedEvents: allowed, missing });
}
