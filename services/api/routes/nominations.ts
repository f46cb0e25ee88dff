import { z } from 'zod';
import { createNomination, nominationScope } from '../../nominations/createNomination.ts';
import { editNomination } from '../../nominations/editNomination.ts';
import type { NominationCase, Packs } from '../../nominations/nominationCase.ts';
import { subjectTypes } from '../../rules/rulePack.ts';
import type { Capability } from '../../workflow/capability.ts';
import { momentOf } from '../../workflow/momentOf.ts';
import { envelope } from '../../workflow/envelope.ts';
import { mayEver, rolesOf } from '../../workflow/policy.ts';
import { route, type Route } from '../route.ts';
import { envelopeSchema, visibleCase, type CaseRouteDeps } from './caseParts.ts';
import { caseRoutes } from './cases.ts';
import { createRoute } from './createRoute.ts';
import { idParams, nameOnPaper, uuid } from './shared.ts';

export interface NominationRouteDeps extends CaseRouteDeps {
  packs: Packs;
  nominations: Capability<NominationCase>;
}

const year = z.int().min(1990).max(2100);
const subjectType = z.enum(subjectTypes);
const achievement = z.string().trim().min(1).max(20_000);

const nominationRequest = z.strictObject({
  awardCode: z.string().min(1).max(64),
  unitId: uuid,
  year,
  movementId: uuid.optional(),
  subjectType,
  subjectName: nameOnPaper,
  subjectPosition: nameOnPaper.optional(),
  achievement,
});

const changeRequest = z.strictObject({
  year: year.optional(),
  movementId: uuid.nullable().optional(),
  subjectType: subjectType.optional(),
  subjectName: nameOnPaper.optional(),
  subjectPosition: nameOnPaper.nullable().optional(),
  achievement: achievement.optional(),
});

/** Nominations: the case routes, drafting one, and changing it while it is the unit's to change. */
export function nominationRoutes(deps: NominationRouteDeps): Route[] {
  const { ports, packs, nominations } = deps;
  return [
    ...caseRoutes(nominations, deps),
    createRoute(nominations, deps, {
      summary: { vi: 'Lập hồ sơ đề nghị khen thưởng', en: 'Draft a nomination' },
      body: nominationRequest,
      scope: (db, { unitId }) => nominationScope(db, unitId, ports.clock.today()),
      create: (trx, by, wanted) => createNomination(trx, { ports, packs }, by, wanted),
    }),
    changeRoute(deps),
  ];
}

function changeRoute({ ports, nominations }: NominationRouteDeps): Route {
  const subject = visibleCase(nominations, ports);
  return route({
    method: 'put',
    path: '/nominations/{id}',
    tag: 'nominations',
    summary: { vi: 'Sửa hồ sơ đang lập hoặc đang bổ sung', en: 'Change a draft or a supplement' },
    permission: {
      name: 'nominations.edit',
      roles: rolesOf(nominations.policy, ['edit']),
      allows: (actor, row) => mayEver(nominations.policy, 'edit', actor, row),
    },
    params: idParams,
    body: changeRequest,
    response: envelopeSchema,
    subject,
    handle: ({ actor, subject: row, body, expectedRevision, within }) =>
      within(async (trx) => {
        await editNomination(trx, ports, { row, actor, expectedRevision }, body);
        const moment = momentOf(ports);
        const [after = row] = await nominations.readCases(trx, [row.id], moment.today);
        return { body: envelope(nominations, after, actor, moment), revision: after.revision };
      }),
  });
}
