import type { Action, Call } from './action.ts';

const member = ({ of }: Call) => ({ memberId: of.memberId ?? '' });
const scored = ({ of }: Call) => ({ nominationId: of.scoredId ?? '' });
const voted = ({ of }: Call) => ({ nominationId: of.votedId ?? '' });

/** What can be asked of a council session besides its events. */
export const COUNCIL_ACTIONS: Record<string, Action> = {
  minutes: { method: 'get', path: '/council-sessions/{id}/minutes' },
  setAgenda: {
    method: 'put',
    path: '/council-sessions/{id}/agenda',
    body: ({ of }) => ({ nominationIds: [of.votedId, of.scoredId] }),
  },
  recordPresence: {
    method: 'put',
    path: '/council-sessions/{id}/presence/{memberId}',
    params: member,
    body: () => ({ present: true }),
  },
  recordRecusal: {
    method: 'put',
    path: '/council-sessions/{id}/cases/{nominationId}/recusals/{memberId}',
    params: (call) => ({ ...member(call), ...scored(call) }),
    body: () => ({ reason: 'Công tác tại đơn vị được đề nghị' }),
  },
  scoreCase: {
    method: 'put',
    path: '/council-sessions/{id}/cases/{nominationId}/sheet',
    params: scored,
    body: () => ({ points: { C1: '40', C2: '25', C3: '15' }, handedIn: true }),
  },
  readOwnSheet: {
    method: 'get',
    path: '/council-sessions/{id}/cases/{nominationId}/sheet',
    params: scored,
  },
  voteOnCase: {
    method: 'post',
    path: '/council-sessions/{id}/cases/{nominationId}/votes',
    params: voted,
    body: () => ({ choice: 'yes' }),
  },
  closeBallotByOrder: {
    method: 'post',
    path: '/council-sessions/{id}/events',
    body: (call) => ({ type: 'CLOSE_BALLOT', ...voted(call), chairOrder: 'Kết thúc biểu quyết' }),
  },
};
