import { setup } from 'xstate';
import { closeDeadline, effectActions, notify, openDeadline, type CouncilFailure } from '../effects.ts';
import { day, id, line, nothing, reason, text, type EventOf, type MachineTypes } from '../fields.ts';
import { whenGuard } from '../guard.ts';
import type { WorkflowDefinition } from '../workflow.ts';

const states = {
  draft: { label: { vi: 'Đang chuẩn bị', en: 'Draft' } },
  convened: { label: { vi: 'Đã triệu tập', en: 'Convened' } },
  inSession: { label: { vi: 'Đang họp', en: 'In session' } },
  adjourned: { label: { vi: 'Đã bế mạc, chờ ký biên bản', en: 'Adjourned, minutes to sign' } },
  closed: { label: { vi: 'Đã ký biên bản', en: 'Closed' }, finished: true },
  cancelled: { label: { vi: 'Đã hủy', en: 'Cancelled' }, finished: true },
} as const;

const nominationId = id('Hồ sơ', 'Case');

const events = {
  CONVENE: {
    label: { vi: 'Triệu tập phiên họp', en: 'Convene' },
    payload: nothing.extend({
      date: day('Ngày họp', 'Date of the session'),
      place: line('Địa điểm', 'Place').optional(),
    }),
  },
  OPEN: { label: { vi: 'Khai mạc', en: 'Open the session' }, payload: nothing },
  OPEN_SCORING: {
    label: { vi: 'Mở chấm điểm hồ sơ', en: 'Open the scoring of a case' },
    payload: nothing.extend({ nominationId }),
  },
  CLOSE_SCORING: {
    label: { vi: 'Kết thúc chấm điểm hồ sơ', en: 'Close the scoring of a case' },
    payload: nothing.extend({ nominationId }),
  },
  OPEN_BALLOT: {
    label: { vi: 'Mở biểu quyết', en: 'Open the ballot on a case' },
    payload: nothing.extend({ nominationId, reason: reason.optional() }),
  },
  CLOSE_BALLOT: {
    label: { vi: 'Kết thúc biểu quyết', en: 'Close the ballot on a case' },
    payload: nothing.extend({
      nominationId,
      chairOrder: text('Lệnh kết thúc của chủ tọa', "Chair's order to close").optional(),
    }),
  },
  ADJOURN: { label: { vi: 'Bế mạc', en: 'Adjourn' }, payload: nothing },
  SIGN_MINUTES: { label: { vi: 'Ký biên bản', en: 'Sign the minutes' }, payload: nothing },
  CANCEL: { label: { vi: 'Hủy phiên họp', en: 'Cancel' }, payload: nothing.extend({ reason }) },
};

const facts = {
  hasCases: { vi: 'Phiên họp đã có hồ sơ để xét', en: 'The session has cases' },
  quorum: { vi: 'Đủ số thành viên dự họp theo quy định', en: 'Enough members are present' },
  caseScoringOpenable: {
    vi: 'Hồ sơ cần chấm điểm và chưa mở chấm điểm',
    en: 'The case asks for scores and its scoring has not been opened',
  },
  caseScoringClosable: {
    vi: 'Hồ sơ đang chấm điểm và đã đủ phiếu chấm',
    en: 'The scoring of the case is open and enough sheets are in',
  },
  caseScoresPassed: { vi: 'Hồ sơ đạt mức điểm tối thiểu', en: 'The case reaches the minimum score' },
  caseNeedsBallot: { vi: 'Hồ sơ cần biểu quyết', en: 'The case asks for a vote' },
  caseBallotOpenable: {
    vi: 'Hồ sơ cần biểu quyết, đã đạt điểm nếu phải chấm, và chưa mở biểu quyết',
    en: 'The case asks for a vote, has passed any scoring, and its ballot has not been opened',
  },
  caseBallotLawful: {
    vi: 'Hồ sơ biểu quyết công khai (bỏ phiếu kín chưa được hỗ trợ: chưa bảo đảm tách rời người bỏ phiếu và lá phiếu)',
    en: 'The case is voted on openly (secret ballots are not supported yet: voter and choice could not be kept apart)',
  },
  caseBallotClosable: {
    vi: 'Hồ sơ đang biểu quyết và đã đủ phiếu, hoặc có lệnh kết thúc của chủ tọa',
    en: 'The ballot is open and all have voted, or the chair orders its close',
  },
  caseBallotPassed: { vi: 'Hồ sơ đạt tỷ lệ phiếu theo quy định', en: 'The case reaches the required share' },
  noOpenCase: {
    vi: 'Không còn hồ sơ đang chấm điểm hoặc biểu quyết',
    en: 'No case has its scoring or ballot open',
  },
};

type Context = Record<string, never>;
type Event = EventOf<typeof events, typeof facts>;
type CloseScoring = { event: Extract<Event, { type: 'CLOSE_SCORING' }> };
type CloseBallot = { event: Extract<Event, { type: 'CLOSE_BALLOT' }> };

const types: MachineTypes<Context, Event> = {};

const recordScoring = (passed: boolean) =>
  ({
    type: 'record',
    params: ({ event }: CloseScoring) => ({
      what: 'closeScoring' as const,
      data: { nominationId: event.payload.nominationId, passed },
    }),
  }) as const;

const recordBallot = (passed: boolean) =>
  ({
    type: 'record',
    params: ({ event }: CloseBallot) => ({
      what: 'closeBallot' as const,
      data: { ...event.payload, passed },
    }),
  }) as const;

const signalPassed = {
  type: 'signal',
  params: ({ event }: CloseScoring | CloseBallot) => ({
    to: 'case' as const,
    event: 'COUNCIL_PASSED' as const,
    payload: { nominationId: event.payload.nominationId },
  }),
} as const;

const signalFailed = (failure: CouncilFailure) =>
  ({
    type: 'signal',
    params: ({ event }: CloseScoring | CloseBallot) => ({
      to: 'case' as const,
      event: 'COUNCIL_FAILED' as const,
      payload: { nominationId: event.payload.nominationId, reason: failure },
    }),
  }) as const;

const machine = setup({
  types,
  actions: effectActions,
  guards: { when: whenGuard<Context, Event>() },
}).createMachine({
  id: 'councilSession',
  version: '1',
  context: {},
  initial: 'draft',
  states: {
    draft: {
      on: {
        CONVENE: {
          target: 'convened',
          guard: { type: 'when', params: { facts: ['hasCases'] } },
          actions: [
            { type: 'record', params: ({ event }) => ({ what: 'convene', data: event.payload }) },
            notify('sessionConvened', 'councilMembers'),
          ],
        },
        CANCEL: { target: 'cancelled' },
      },
    },
    convened: {
      on: {
        OPEN: { target: 'inSession', guard: { type: 'when', params: { facts: ['quorum'] } } },
        CANCEL: { target: 'cancelled' },
      },
    },
    inSession: {
      on: {
        OPEN_SCORING: {
          guard: { type: 'when', params: { facts: ['caseScoringOpenable'] } },
          actions: [
            { type: 'record', params: ({ event }) => ({ what: 'openScoring', data: event.payload }) },
          ],
        },
        CLOSE_SCORING: [
          {
            guard: {
              type: 'when',
              params: { facts: ['caseScoringClosable', 'caseScoresPassed', 'caseNeedsBallot'] },
            },
            actions: [recordScoring(true)],
          },
          {
            guard: {
              type: 'when',
              params: { facts: ['caseScoringClosable', 'caseScoresPassed'], unless: ['caseNeedsBallot'] },
            },
            actions: [recordScoring(true), signalPassed],
          },
          {
            guard: {
              type: 'when',
              params: { facts: ['caseScoringClosable'], unless: ['caseScoresPassed'] },
            },
            actions: [recordScoring(false), signalFailed('belowMinimumScore')],
          },
        ],
        OPEN_BALLOT: {
          guard: { type: 'when', params: { facts: ['quorum', 'caseBallotOpenable', 'caseBallotLawful'] } },
          actions: [{ type: 'record', params: ({ event }) => ({ what: 'openBallot', data: event.payload }) }],
        },
        CLOSE_BALLOT: [
          {
            guard: { type: 'when', params: { facts: ['caseBallotClosable', 'caseBallotPassed'] } },
            actions: [recordBallot(true), signalPassed],
          },
          {
            guard: {
              type: 'when',
              params: { facts: ['caseBallotClosable'], unless: ['caseBallotPassed'] },
            },
            actions: [recordBallot(false), signalFailed('shareOfVotesMissed')],
          },
        ],
        ADJOURN: {
          target: 'adjourned',
          guard: { type: 'when', params: { facts: ['noOpenCase'] } },
          actions: [openDeadline('minutes', 'councilSecretary')],
        },
      },
    },
    adjourned: {
      on: { SIGN_MINUTES: { target: 'closed', actions: [closeDeadline('minutes')] } },
    },
    closed: { type: 'final' },
    cancelled: { type: 'final' },
  },
});

/** Phiên họp Hội đồng: the cases of one sitting, each scored, voted on, or both, as its rule asks. */
export const councilSessionV1: WorkflowDefinition = {
  name: 'councilSession',
  version: 1,
  label: { vi: 'Phiên họp Hội đồng', en: 'Council session' },
  machine,
  input: nothing,
  context: nothing,
  states,
  events,
  facts,
  terms: {},
};
