import type { Knex } from 'knex';
import { z } from 'zod';
import { NotFound } from '../../../db/errors.ts';
import { standingResult, type RoundResultRow } from '../../../db/roundResults.ts';
import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import { unitsOf, type Actor } from '../../accounts/actor.ts';
import { explainRound } from '../../scoring/rounds/computeRound.ts';
import { presentStoredResult, roundResultSchema } from '../../scoring/rounds/presentStoredResult.ts';
import { scoringRoundCapability } from '../../scoring/rounds/scoringRoundCapability.ts';
import { setKnockouts } from '../../scoring/rounds/setKnockouts.ts';
import { overseesRounds } from '../../scoring/rounds/sheetVisibility.ts';
import { momentOf } from '../../workflow/momentOf.ts';
import { envelope } from '../../workflow/envelope.ts';
import { mayEver, rolesOf } from '../../workflow/policy.ts';
import { route, type Route } from '../route.ts';
import { envelopeSchema, visibleCase, type CaseRouteDeps } from './caseParts.ts';
import { idParams, uuid } from './shared.ts';

const { collection, policy } = scoringRoundCapability;
const read = { name: `${collection}.read`, allows: () => true } as const;

/** A round's result, why each number is so, and the knock-outs before it. */
export function roundResultRoutes(deps: CaseRouteDeps): Route[] {
  return [resultRoute(deps), explainRoute(deps), knockoutsRoute(deps)];
}

interface ResultSubject {
  row: ScoringRoundCase;
  stored: RoundResultRow;
}

/** The standing result, for members of the cluster and those who oversee rounds. Throws NotFound before it stands. */
function visibleResult({ ports }: CaseRouteDeps) {
  const visible = visibleCase(scoringRoundCapability, ports);
  return async (call: { db: Knex; actor: Actor; params: { id: string } }): Promise<ResultSubject> => {
    const row = await visible(call);
    const isMember = unitsOf(call.actor).some((unit) => row.member_unit_ids.includes(unit));
    const stored = row.state === 'finalized' ? await standingResult(call.db, row.id) : null;
    if (stored === null || !(isMember || overseesRounds(call.actor))) throw new NotFound('round result');
    return { row, stored };
  };
}

function resultRoute(deps: CaseRouteDeps): Route {
  const subject = visibleResult(deps);
  return route({
    method: 'get',
    path: `/${collection}/{id}/result`,
    tag: collection,
    summary: { vi: 'Kết quả chấm điểm', en: 'The result of the round' },
    permission: read,
    params: idParams,
    response: roundResultSchema,
    subject,
    handle: ({ subject: { row, stored } }) => Promise.resolve({ body: presentStoredResult(row, stored) }),
  });
}

function explainRoute(deps: CaseRouteDeps): Route {
  const subject = visibleResult(deps);
  return route({
    method: 'get',
    path: `/${collection}/{id}/result/explain`,
    tag: collection,
    summary: { vi: 'Vì sao có điểm này', en: 'Why a score is so' },
    permission: read,
    params: idParams,
    query: z.object({ unitId: uuid, criterion: z.string().min(1).max(80) }),
    response: z.looseObject({ unitId: z.uuid(), criterion: z.string(), score: z.string() }),
    subject,
    handle({ subject: { row, stored }, query }) {
      const unit = row.members.find(({ unitId }) => unitId === query.unitId);
      const explained = unit && explainRound(stored.inputs, unit.code, query.criterion);
      if (explained === undefined || explained === null) throw new NotFound('score');
      return Promise.resolve({ body: { ...explained, unitId: query.unitId } });
    },
  });
}

const knockoutsBody = z.strictObject({
  knockouts: z
    .array(
      z.strictObject({
        unitId: uuid,
        code: z.string().trim().min(1).max(80),
        effect: z.enum(['exclude', 'hold']),
        reason: z.string().trim().min(1).max(2000),
      }),
    )
    .max(200),
});

function knockoutsRoute({ ports }: CaseRouteDeps): Route {
  const subject = visibleCase(scoringRoundCapability, ports);
  return route({
    method: 'put',
    path: `/${collection}/{id}/knockouts`,
    tag: collection,
    summary: { vi: 'Ghi điểm liệt', en: 'Set the knock-outs' },
    permission: {
      name: `${collection}.knockouts`,
      roles: rolesOf(policy, ['setKnockouts']),
      allows: (actor, row) => mayEver(policy, 'setKnockouts', actor, row),
    },
    params: idParams,
    body: knockoutsBody,
    response: envelopeSchema,
    subject,
    handle: ({ actor, subject: row, body, expectedRevision, within }) =>
      within(async (trx) => {
        await setKnockouts(trx, ports, { row, actor, expectedRevision, knockouts: body.knockouts });
        const moment = momentOf(ports);
        const [after = row] = await scoringRoundCapability.readCases(trx, [row.id], moment.today);
        return { body: envelope(scoringRoundCapability, after, actor, moment), revision: after.revision };
      }),
  });
}
