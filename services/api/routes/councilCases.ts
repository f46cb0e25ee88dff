import { z } from 'zod';
import { choices } from '../../../db/openVotes.ts';
import type { CouncilSessionCase } from '../../../db/views/councilSessionCases.ts';
import type { Actor } from '../../accounts/actor.ts';
import { isSecret, rulesOf } from '../../council/agendaRules.ts';
import { castVote } from '../../council/castVote.ts';
import { councilSessionCapability } from '../../council/councilSessionCapability.ts';
import { ownSheet } from '../../council/presentCase.ts';
import { memberOf } from '../../council/presentSession.ts';
import { saveSheet } from '../../council/saveSheet.ts';
import { agendaCase } from '../../council/sessionFact.ts';
import { Forbidden, type Text } from '../../errors.ts';
import { checkSheetPoints, isWholeSheet, type SheetProblem } from '../../rules/councilSheet.ts';
import type { CouncilSheetRule } from '../../rules/routeRule.ts';
import { mayEver, rolesOf } from '../../workflow/policy.ts';
import { route, type Route } from '../route.ts';
import { envelopeSchema, visibleCase, type CaseRouteDeps } from './caseParts.ts';
import { answerSession, sessionCall } from './councilAnswers.ts';
import { idParams, uuid } from './shared.ts';

const caseParams = idParams.extend({ nominationId: uuid });

const sheetBody = z.strictObject({
  points: z.record(z.string(), z.string().max(40)),
  handedIn: z.boolean(),
});

/** What a member does about a case, for themselves only: their sheet, their vote. */
export function councilCaseRoutes(deps: CaseRouteDeps): Route[] {
  return [readSheetRoute(deps), sheetRoute(deps), voteRoute(deps)];
}

function readSheetRoute({ ports }: CaseRouteDeps): Route {
  return route({
    method: 'get',
    path: '/council-sessions/{id}/cases/{nominationId}/sheet',
    tag: 'council-sessions',
    summary: { vi: 'Phiếu điểm của mình', en: "One's own council sheet" },
    permission: {
      name: 'council-sessions.sheet',
      roles: rolesOf(councilSessionCapability.policy, ['scoreCase']),
      allows: (actor, { row }) => mayAct('scoreCase', actor, row),
    },
    params: caseParams,
    response: z.object({ sheet: sheetBody.nullable() }),
    subject: caseOfSession(ports),
    handle: ({ actor, subject: { row, each } }) =>
      Promise.resolve({ body: { sheet: ownSheet(each, memberOf(row, actor)) } }),
  });
}

function sheetRoute({ ports }: CaseRouteDeps): Route {
  return route({
    method: 'put',
    path: '/council-sessions/{id}/cases/{nominationId}/sheet',
    tag: 'council-sessions',
    summary: { vi: 'Lưu phiếu điểm của mình', en: "Save one's own council sheet" },
    permission: {
      name: 'council-sessions.sheet',
      allows: (actor, { row }) => mayAct('scoreCase', actor, row),
    },
    params: caseParams,
    body: sheetBody,
    bodyFor: ({ each }) => sheetBodyFor(rulesOf(each).sheet),
    // A kept answer would say whose points they are, also where the case is voted on in secret.
    keepsReceipt: false,
    response: envelopeSchema,
    subject: caseOfSession(ports),
    handle: (call) =>
      call.within(async (trx) => {
        const { actor, body } = call;
        const { row, each } = call.subject;
        const sheet = { ...body, memberId: ownSeat(row, actor), nominationId: each.nomination_id };
        const by = sessionCall(ports, { ...call, subject: row }, 'scoreCase');
        await saveSheet(trx, by, sheet, isSecret(rulesOf(each)));
        return answerSession(trx, ports, row.id, actor);
      }),
  });
}

function voteRoute({ ports }: CaseRouteDeps): Route {
  return route({
    method: 'post',
    path: '/council-sessions/{id}/cases/{nominationId}/votes',
    tag: 'council-sessions',
    summary: { vi: 'Biểu quyết công khai', en: 'Vote in an open ballot' },
    permission: {
      name: 'council-sessions.vote',
      roles: rolesOf(councilSessionCapability.policy, ['voteOnCase']),
      inPerson: true,
      allows: (actor, { row }) => mayAct('voteOnCase', actor, row),
    },
    params: caseParams,
    body: z.strictObject({ choice: z.enum(choices) }),
    keepsReceipt: false,
    response: envelopeSchema,
    status: 201,
    subject: caseOfSession(ports),
    handle: (call) =>
      call.within(async (trx) => {
        const { actor, body } = call;
        const { row, each } = call.subject;
        const vote = { memberId: ownSeat(row, actor), nominationId: each.nomination_id, choice: body.choice };
        await castVote(trx, sessionCall(ports, { ...call, subject: row }, 'voteOnCase'), vote);
        return answerSession(trx, ports, row.id, actor);
      }),
  });
}

/** The session and one case on its agenda, as far as the caller may see them. Throws NotFound. */
function caseOfSession(ports: CaseRouteDeps['ports']) {
  const visible = visibleCase(councilSessionCapability, ports);
  return async (call: Parameters<typeof visible>[0] & { params: { nominationId: string } }) => {
    const row = await visible(call);
    return { row, each: agendaCase(row, call.params.nominationId) };
  };
}

const NO_SEAT: Text = {
  vi: 'Không phải thành viên của phiên họp này.',
  en: 'Not a member of this session.',
};

function mayAct(action: string, actor: Actor, row: CouncilSessionCase): boolean | Text {
  if (!mayEver(councilSessionCapability.policy, action, actor, row)) return false;
  return memberOf(row, actor) === null ? NO_SEAT : true;
}

function ownSeat(row: CouncilSessionCase, actor: Actor): string {
  const memberId = memberOf(row, actor);
  if (memberId === null) throw new Forbidden(NO_SEAT);
  return memberId;
}

/** The sheet's body for a case: no criterion but the rule's, each within its points, all of them when handed in. */
function sheetBodyFor(rule: CouncilSheetRule | null): typeof sheetBody {
  if (rule === null) return sheetBody;
  return sheetBody.superRefine(({ points, handedIn }, context) => {
    const report = (criterion: string, { vi, en }: Text) => {
      context.addIssue({ code: 'custom', path: ['points', criterion], message: vi, params: { en } });
    };
    for (const { criterion, problem } of checkSheetPoints(rule, points)) {
      report(criterion, describe(rule, criterion, problem));
    }
    if (!handedIn || isWholeSheet(rule, points)) return;
    for (const { code } of rule.criteria.filter(({ code }) => !Object.hasOwn(points, code))) {
      report(code, { vi: 'Chưa cho điểm.', en: 'No points given.' });
    }
  });
}

function describe(rule: CouncilSheetRule, criterion: string, problem: SheetProblem['problem']): Text {
  if (problem === 'unknownCriterion')
    return { vi: 'Tiêu chí không có trong phiếu.', en: 'No such criterion.' };
  if (problem === 'notANumber') return { vi: 'Không phải số thập phân.', en: 'Not a decimal number.' };
  const most = rule.criteria.find(({ code }) => code === criterion)?.maxPoints ?? '';
  return { vi: `Điểm phải từ 0 đến ${most}.`, en: `Points must be from 0 to ${most}.` };
}
