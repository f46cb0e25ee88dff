import type { Knex } from 'knex';
import { z } from 'zod';
import { readCluster } from '../../../db/clusters.ts';
import { NotFound } from '../../../db/errors.ts';
import { clustersOn, type ClusterView } from '../../../db/organisation.ts';
import { holds, type Actor } from '../../accounts/actor.ts';
import { changeMembers, changeTerms, createCluster } from '../../organisation/changeCluster.ts';
import { route, type Route } from '../route.ts';
import { code, idParams, pageQuery } from './shared.ts';
import type { OrganisationRouteDeps } from './units.ts';

const clusterSchema = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    kind: z.enum(['cluster', 'bloc']),
    basis: z.string(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
    leadId: z.uuid().nullable(),
    deputyId: z.uuid().nullable(),
    members: z.array(
      z.object({
        unitId: z.uuid(),
        code: z.string(),
        name: z.string(),
        position: z.enum(['lead', 'deputy', 'member']),
      }),
    ),
  })
  .meta({ id: 'Cluster' });

const read = { name: 'organisation.read', allows: () => true } as const;
const manage = {
  name: 'organisation.changeClusters',
  roles: ['administrator', 'agencyHead'],
  allows: (actor: Actor) => holds(actor, 'administrator', 'agencyHead'),
} as const;

/** Clusters and blocs with members, lead and deputy of a day; what changes, changes from today on. */
export function clusterRoutes(deps: OrganisationRouteDeps): Route[] {
  return [list(deps), one(deps), createOne(deps), members(deps), terms(deps)];
}

function list({ ports }: OrganisationRouteDeps): Route {
  return route({
    method: 'get',
    path: '/clusters',
    tag: 'organisation',
    summary: { vi: 'Các cụm, khối trong một ngày (mặc định: hôm nay)', en: 'The clusters on a day' },
    permission: read,
    query: pageQuery.extend({ on: z.iso.date().optional() }),
    response: z.object({ items: z.array(clusterSchema), nextCursor: z.string().nullable() }),
    async handle({ db, query: { limit, cursor, on } }) {
      // A province has a few dozen: read whole, shown in pages.
      const all = await clustersOn(db, on ?? ports.clock.today());
      const start = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
      const shown = all.slice(start, start + limit);
      const nextCursor = all.length > start + limit ? (shown.at(-1)?.id ?? null) : null;
      return { body: { items: shown.map(present), nextCursor } };
    },
  });
}

function clusterToday({ ports }: OrganisationRouteDeps) {
  return async ({ db, params }: { db: Knex; params: { id: string } }) => {
    const cluster = await readCluster(db, params.id, ports.clock.today());
    if (cluster === null) throw new NotFound('cluster');
    return cluster;
  };
}

function one(deps: OrganisationRouteDeps): Route {
  return route({
    method: 'get',
    path: '/clusters/{id}',
    tag: 'organisation',
    summary: { vi: 'Một cụm, khối', en: 'One cluster' },
    permission: read,
    params: idParams,
    response: clusterSchema,
    subject: clusterToday(deps),
    handle: ({ subject }) => Promise.resolve({ body: present(subject) }),
  });
}

function createOne(deps: OrganisationRouteDeps): Route {
  const { ports } = deps;
  return route({
    method: 'post',
    path: '/clusters',
    tag: 'organisation',
    summary: { vi: 'Lập cụm, khối', en: 'Form a cluster' },
    permission: manage,
    body: z.strictObject({
      code,
      name: z.string().trim().min(1).max(200),
      kind: z.enum(['cluster', 'bloc']),
      basis: z.string().trim().min(1).max(500),
    }),
    response: clusterSchema,
    status: 201,
    handle: ({ body, within }) =>
      within(async (trx) => {
        const id = await createCluster(trx, ports, { ...body, validFrom: ports.clock.today() });
        return { body: present(await clusterToday(deps)({ db: trx, params: { id } })) };
      }),
  });
}

const unitIds = z
  .array(z.uuid())
  .max(200)
  .refine((ids) => new Set(ids).size === ids.length, {
    error: 'Danh sách có đơn vị trùng nhau.',
    params: { en: 'The list holds a unit twice.' },
  });

function members(deps: OrganisationRouteDeps): Route {
  return route({
    method: 'put',
    path: '/clusters/{id}/members',
    tag: 'organisation',
    summary: { vi: 'Xếp các đơn vị thành viên', en: 'Set the members' },
    permission: manage,
    params: idParams,
    body: z.strictObject({ unitIds }),
    response: clusterSchema,
    subject: clusterToday(deps),
    handle: ({ subject: { id }, body, within }) =>
      within(async (trx) => {
        await changeMembers(trx, id, body.unitIds, deps.ports.clock.today());
        return changed(deps, trx, id);
      }),
  });
}

function terms(deps: OrganisationRouteDeps): Route {
  return route({
    method: 'put',
    path: '/clusters/{id}/terms',
    tag: 'organisation',
    summary: { vi: 'Cử đơn vị trưởng, phó', en: 'Set lead and deputy' },
    permission: manage,
    params: idParams,
    body: z.strictObject({ leadId: z.uuid().nullable(), deputyId: z.uuid().nullable() }),
    response: clusterSchema,
    subject: clusterToday(deps),
    handle: ({ subject, body, within }) =>
      within(async (trx) => {
        await changeTerms(trx, subject, body, deps.ports.clock.today());
        return changed(deps, trx, subject.id);
      }),
  });
}

/** Whoever is logged in stands in clusters otherwise from now on. */
async function changed(deps: OrganisationRouteDeps, trx: Knex.Transaction, id: string) {
  await deps.callers.forgetAfter(trx);
  return { body: present(await clusterToday(deps)({ db: trx, params: { id } })) };
}

function present(cluster: ClusterView) {
  const holder = (position: 'lead' | 'deputy') =>
    cluster.members.find((member) => member.position === position)?.unit_id ?? null;
  return {
    id: cluster.id,
    code: cluster.code,
    name: cluster.name,
    kind: cluster.kind,
    basis: cluster.basis,
    validFrom: cluster.valid_from,
    validTo: cluster.valid_to,
    leadId: holder('lead'),
    deputyId: holder('deputy'),
    members: cluster.members.map(({ unit_id, code: unitCode, name, position }) => ({
      unitId: unit_id,
      code: unitCode,
      name,
      position,
    })),
  };
}
