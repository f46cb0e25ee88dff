import { z } from 'zod';
import { NotFound } from '../../../db/errors.ts';
import { councilSessionCapability } from '../../council/councilSessionCapability.ts';
import { createSession } from '../../council/createSession.ts';
import { agendaCase } from '../../council/sessionFact.ts';
import { recordPresence, recordRecusal, setAgenda } from '../../council/sessionRecords.ts';
import { mayEver, NO_CASE, rolesOf } from '../../workflow/policy.ts';
import { route, type Route } from '../route.ts';
import { envelopeSchema, visibleCase, type CaseRouteDeps } from './caseParts.ts';
import { caseRoutes } from './cases.ts';
import { answerSession, sessionCall } from './councilAnswers.ts';
import { councilCaseRoutes } from './councilCases.ts';
import { councilMinutesRoute } from './councilMinutes.ts';
import { createRoute } from './createRoute.ts';
import { idParams, uuid } from './shared.ts';

const line = z.string().trim().min(1).max(300);
const reason = z.string().trim().min(1).max(2000);
const nominationIds = z.array(uuid).max(200);

/** Council sessions: the case routes, drafting one, its agenda, presence and recusals, its cases, its minutes. */
export function councilSessionRoutes(deps: CaseRouteDeps): Route[] {
  return [
    ...caseRoutes(councilSessionCapability, deps),
    createRoute(councilSessionCapability, deps, {
      summary: { vi: 'Chuẩn bị phiên họp Hội đồng', en: 'Draft a council session' },
      body: z.strictObject({
        title: line,
        nominationIds,
        date: z.iso.date().optional(),
        place: line.optional(),
      }),
      scope: () => Promise.resolve(NO_CASE),
      create: (trx, by, wanted) => createSession(trx, deps.ports, by, wanted),
    }),
    agendaRoute(deps),
    presenceRoute(deps),
    recusalRoute(deps),
    ...councilCaseRoutes(deps),
    councilMinutesRoute(deps),
  ];
}

function agendaRoute({ ports }: CaseRouteDeps): Route {
  const subject = visibleCase(councilSessionCapability, ports);
  return route({
    method: 'put',
    path: '/council-sessions/{id}/agenda',
    tag: 'council-sessions',
    summary: { vi: 'Đặt danh sách hồ sơ của phiên họp dự thảo', en: 'Set the agenda of a drafted session' },
    permission: {
      name: 'council-sessions.agenda',
      roles: rolesOf(councilSessionCapability.policy, ['setAgenda']),
      allows: (actor, row) => mayEver(councilSessionCapability.policy, 'setAgenda', actor, row),
    },
    params: idParams,
    body: z.strictObject({ nominationIds }),
    response: envelopeSchema,
    subject,
    handle: (call) =>
      call.within(async (trx) => {
        await setAgenda(trx, sessionCall(ports, call, 'setAgenda'), call.body.nominationIds);
        return answerSession(trx, ports, call.subject.id, call.actor);
      }),
  });
}

function presenceRoute({ ports }: CaseRouteDeps): Route {
  const subject = memberOfSession(ports);
  return route({
    method: 'put',
    path: '/council-sessions/{id}/presence/{memberId}',
    tag: 'council-sessions',
    summary: { vi: 'Điểm danh một thành viên', en: 'Record the presence of a member' },
    permission: {
      name: 'council-sessions.presence',
      roles: rolesOf(councilSessionCapability.policy, ['recordPresence']),
      allows: (actor, row) => mayEver(councilSessionCapability.policy, 'recordPresence', actor, row),
    },
    params: idParams.extend({ memberId: uuid }),
    body: z.strictObject({ present: z.boolean(), reason: reason.optional() }),
    response: envelopeSchema,
    subject,
    handle: (call) =>
      call.within(async (trx) => {
        const { params, body } = call;
        const entry = { memberId: params.memberId, present: body.present, reason: body.reason ?? null };
        await recordPresence(trx, sessionCall(ports, call, 'recordPresence'), entry);
        return answerSession(trx, ports, call.subject.id, call.actor);
      }),
  });
}

function recusalRoute({ ports }: CaseRouteDeps): Route {
  const subject = memberOfSession(ports);
  return route({
    method: 'put',
    path: '/council-sessions/{id}/cases/{nominationId}/recusals/{memberId}',
    tag: 'council-sessions',
    summary: {
      vi: 'Ghi nhận thành viên rút khỏi một hồ sơ',
      en: 'Record that a member steps aside from a case',
    },
    permission: {
      name: 'council-sessions.recusal',
      roles: rolesOf(councilSessionCapability.policy, ['recordRecusal']),
      allows: (actor, row) => mayEver(councilSessionCapability.policy, 'recordRecusal', actor, row),
    },
    params: idParams.extend({ nominationId: uuid, memberId: uuid }),
    body: z.strictObject({ reason }),
    response: envelopeSchema,
    subject,
    handle: (call) =>
      call.within(async (trx) => {
        const entry = { ...call.params, reason: call.body.reason };
        await recordRecusal(trx, sessionCall(ports, call, 'recordRecusal'), entry);
        return answerSession(trx, ports, call.subject.id, call.actor);
      }),
  });
}

/**
 * The session, where that office is one of its members and that nomination, where one is named, on its agenda.
 * Throws NotFound.
 */
function memberOfSession(ports: CaseRouteDeps['ports']) {
  const visible = visibleCase(councilSessionCapability, ports);
  return async (
    call: Parameters<typeof visible>[0] & { params: { memberId: string; nominationId?: string } },
  ) => {
    const row = await visible(call);
    const { memberId, nominationId } = call.params;
    if (!row.members.some(({ id }) => id === memberId)) throw new NotFound('member of the session');
    if (nominationId !== undefined) agendaCase(row, nominationId);
    return row;
  };
}
