import { z } from 'zod';
import { NotFound } from '../../../db/errors.ts';
import type { UnitRow } from '../../../db/organisation.ts';
import { pageOfUnits, readUnit, type UnitView } from '../../../db/units.ts';
import { holds, type Actor } from '../../accounts/actor.ts';
import type { Callers } from '../../accounts/callers.ts';
import { changeUnit } from '../../organisation/changeUnit.ts';
import { createUnit, UNIT_KINDS } from '../../organisation/createUnit.ts';
import type { Ports } from '../../ports.ts';
import { route, type Route } from '../route.ts';
import { code, idParams, pageQuery } from './shared.ts';

const unitFields = {
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(UNIT_KINDS),
  parentId: z.uuid().nullable(),
  isPoorDistrict: z.boolean(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  succeededById: z.uuid().nullable(),
};
const unitSchema = z.object(unitFields).meta({ id: 'Unit' });
const unitViewSchema = z
  .object({
    ...unitFields,
    formerNames: z.array(z.object({ name: z.string(), validTo: z.iso.date() })),
  })
  .meta({ id: 'UnitView' });

const name = z.string().trim().min(1).max(200);

const read = { name: 'organisation.read', allows: () => true } as const;
const manage = {
  name: 'organisation.changeUnits',
  roles: ['administrator'],
  allows: (actor: Actor) => holds(actor, 'administrator'),
} as const;

export interface OrganisationRouteDeps {
  ports: Ports;
  callers: Callers;
}

/** Units as they are on a day; administrators add, rename and end them. Nothing is ever deleted. */
export function unitRoutes(deps: OrganisationRouteDeps): Route[] {
  return [list(deps), one(), createOne(deps), changeOne(deps)];
}

function list({ ports }: OrganisationRouteDeps): Route {
  return route({
    method: 'get',
    path: '/units',
    tag: 'organisation',
    summary: {
      vi: 'Các đơn vị trong một ngày (mặc định: hôm nay)',
      en: 'The units on a day (today by default)',
    },
    permission: read,
    query: pageQuery.extend({ kind: z.enum(UNIT_KINDS).optional(), on: z.iso.date().optional() }),
    response: z.object({ items: z.array(unitSchema), nextCursor: z.string().nullable() }),
    async handle({ db, query: { limit, cursor, kind, on } }) {
      const filter = { day: on ?? ports.clock.today(), kind: kind ?? null };
      const rows = await pageOfUnits(db, filter, { limit: limit + 1, cursor: cursor ?? null });
      const shown = rows.slice(0, limit);
      const nextCursor = rows.length > limit ? (shown.at(-1)?.id ?? null) : null;
      return { body: { items: shown.map(presentUnit), nextCursor } };
    },
  });
}

const subject = async ({ db, params }: { db: Parameters<typeof readUnit>[0]; params: { id: string } }) => {
  const unit = await readUnit(db, params.id);
  if (unit === null) throw new NotFound('unit');
  return unit;
};

function one(): Route {
  return route({
    method: 'get',
    path: '/units/{id}',
    tag: 'organisation',
    summary: { vi: 'Một đơn vị, với các tên cũ', en: 'One unit with its former names' },
    permission: read,
    params: idParams,
    response: unitViewSchema,
    subject,
    handle: ({ subject: unit }) => Promise.resolve({ body: presentView(unit) }),
  });
}

function createOne({ ports }: OrganisationRouteDeps): Route {
  return route({
    method: 'post',
    path: '/units',
    tag: 'organisation',
    summary: { vi: 'Thêm đơn vị', en: 'Add a unit' },
    permission: manage,
    body: z.strictObject({
      code,
      name,
      kind: z.enum(UNIT_KINDS),
      parentId: z.uuid().nullable().default(null),
      isPoorDistrict: z.boolean().default(false),
      validFrom: z.iso.date(),
    }),
    response: unitViewSchema,
    status: 201,
    handle: ({ body, within }) =>
      within(async (trx) => {
        const id = await createUnit(trx, ports, body);
        return { body: presentView(await subject({ db: trx, params: { id } })) };
      }),
  });
}

function changeOne({ ports, callers }: OrganisationRouteDeps): Route {
  return route({
    method: 'put',
    path: '/units/{id}',
    tag: 'organisation',
    summary: { vi: 'Đổi tên, kết thúc đơn vị', en: 'Rename or end a unit' },
    permission: manage,
    params: idParams,
    body: z
      .strictObject({ name, isPoorDistrict: z.boolean(), validTo: z.iso.date(), succeededById: z.uuid() })
      .partial()
      .refine((body) => Object.keys(body).length > 0, {
        error: 'Cần ít nhất một trường.',
        params: { en: 'Needs at least one field.' },
      }),
    response: unitViewSchema,
    subject,
    handle: ({ subject: { id }, body, within }) =>
      within(async (trx) => {
        await changeUnit(trx, id, body, ports.clock.today());
        await callers.forgetAfter(trx);
        return { body: presentView(await subject({ db: trx, params: { id } })) };
      }),
  });
}

function presentUnit(unit: UnitRow) {
  return {
    id: unit.id,
    code: unit.code,
    name: unit.name,
    kind: z.enum(UNIT_KINDS).parse(unit.kind),
    parentId: unit.parent_id,
    isPoorDistrict: unit.is_poor_district,
    validFrom: unit.valid_from,
    validTo: unit.valid_to,
    succeededById: unit.succeeded_by,
  };
}

function presentView(unit: UnitView) {
  const formerNames = unit.former_names.map(({ name: former, valid_to }) => ({
    name: former,
    validTo: valid_to,
  }));
  return { ...presentUnit(unit), formerNames };
}
