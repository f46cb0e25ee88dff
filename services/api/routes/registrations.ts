import type { Knex } from 'knex';
import { z } from 'zod';
import { clusterOfUnit, findUnit } from '../../../db/organisation.ts';
import { InvalidInput } from '../../errors.ts';
import { changeRegistration } from '../../registrations/changeRegistration.ts';
import { createRegistration } from '../../registrations/createRegistration.ts';
import { requireAwards } from '../../registrations/requireAwards.ts';
import { registrationCapability } from '../../registrations/registrationCapability.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { momentOf } from '../../workflow/momentOf.ts';
import { envelope } from '../../workflow/envelope.ts';
import { mayEver, rolesOf, type Scope } from '../../workflow/policy.ts';
import { route, type Route } from '../route.ts';
import { envelopeSchema, visibleCase, type CaseRouteDeps } from './caseParts.ts';
import { caseRoutes } from './cases.ts';
import { createRoute } from './createRoute.ts';
import { idParams, uuid } from './shared.ts';

const name = z.string().trim().min(1).max(300);

const words = {
  pledge: z.string().trim().min(1).max(5000),
  targets: z
    .array(
      z.strictObject({
        indicator: name,
        value: z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/),
        measure: name,
      }),
    )
    .max(100),
  awardCodes: z
    .array(z.string().regex(/^[a-z0-9_]{1,80}$/))
    .max(50)
    .refine((codes) => new Set(codes).size === codes.length, {
      error: 'Danh sách có mã trùng nhau.',
      params: { en: 'The list holds a code twice.' },
    }),
};

const newRegistration = z.strictObject({
  movementId: uuid,
  unitId: uuid,
  year: z.int().min(1990).max(2100),
  ...words,
});

interface RegistrationRouteDeps extends CaseRouteDeps {
  rulebook: Pick<Rulebook, 'packOn'>;
}

/** Registrations: the case routes, drafting one, and changing a draft. */
export function registrationRoutes(deps: RegistrationRouteDeps): Route[] {
  return [
    ...caseRoutes(registrationCapability, deps),
    createRoute(registrationCapability, deps, {
      summary: { vi: 'Soạn đăng ký thi đua', en: 'Draft a registration' },
      body: newRegistration,
      scope: (db, { unitId }) => scopeOfUnit(db, unitId, deps.ports.clock.today()),
      create: (trx, by, wanted) => {
        requireAwards(deps.rulebook.packOn(deps.ports.clock.today()), wanted.awardCodes);
        return createRegistration(trx, deps.ports, by, wanted);
      },
    }),
    changeRoute(deps),
  ];
}

async function scopeOfUnit(db: Knex, unitId: string, today: string): Promise<Scope> {
  if ((await findUnit(db, unitId)) === null) {
    const message = { vi: 'Không có đơn vị này.', en: 'There is no such unit.' };
    throw new InvalidInput([{ pointer: '/unitId', message }]);
  }
  return { unit_id: unitId, cluster_id: await clusterOfUnit(db, unitId, today) };
}

function changeRoute({ ports, rulebook }: RegistrationRouteDeps): Route {
  const { collection, policy } = registrationCapability;
  const subject = visibleCase(registrationCapability, ports);
  return route({
    method: 'put',
    path: `/${collection}/{id}`,
    tag: collection,
    summary: { vi: 'Sửa bản đăng ký đang soạn thảo', en: 'Change a draft registration' },
    permission: {
      name: `${collection}.change`,
      roles: rolesOf(policy, ['change']),
      allows: (actor, row) => mayEver(policy, 'change', actor, row),
    },
    params: idParams,
    body: z.strictObject(words),
    response: envelopeSchema,
    subject,
    handle: ({ actor, subject: row, body, expectedRevision, within }) =>
      within(async (trx) => {
        const { pledge, targets, awardCodes } = body;
        requireAwards(rulebook.packOn(ports.clock.today()), awardCodes);
        await changeRegistration(trx, ports, {
          row,
          actor,
          expectedRevision,
          words: { pledge, targets, award_codes: awardCodes },
        });
        const moment = momentOf(ports);
        const [after = row] = await registrationCapability.readCases(trx, [row.id], moment.today);
        return { body: envelope(registrationCapability, after, actor, moment), revision: after.revision };
      }),
  });
}
