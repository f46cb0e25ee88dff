import { setup } from 'xstate';
import { z } from 'zod';
import { closeDeadline, effectActions, notify, openDeadline } from '../effects.ts';
import { nothing, reason, type EventOf, type MachineTypes } from '../fields.ts';
import { whenGuard } from '../guard.ts';
import type { WorkflowDefinition } from '../workflow.ts';

const states = {
  draft: { label: { vi: 'Đang chuẩn bị', en: 'Draft' } },
  selfScoring: { label: { vi: 'Các đơn vị tự chấm điểm', en: 'Self-scoring' } },
  crossScoring: { label: { vi: 'Chấm chéo', en: 'Cross-scoring' } },
  explanation: { label: { vi: 'Giải trình', en: 'Explanation' } },
  verification: { label: { vi: 'Thẩm định điểm', en: 'Verification' } },
  finalized: { label: { vi: 'Đã chốt điểm', en: 'Finalized' }, finished: true },
} as const;

const stages = ['selfScoring', 'crossScoring', 'explanation', 'verification'] as const;

const events = {
  OPEN: { label: { vi: 'Mở đợt chấm điểm', en: 'Open the round' }, payload: nothing },
  CLOSE_SELF_SCORING: { label: { vi: 'Kết thúc tự chấm', en: 'Close self-scoring' }, payload: nothing },
  CLOSE_CROSS_SCORING: { label: { vi: 'Kết thúc chấm chéo', en: 'Close cross-scoring' }, payload: nothing },
  CLOSE_EXPLANATION: { label: { vi: 'Kết thúc giải trình', en: 'Close explanations' }, payload: nothing },
  FINALIZE: { label: { vi: 'Chốt điểm', en: 'Finalize' }, payload: nothing },
  REOPEN: {
    label: { vi: 'Mở lại', en: 'Reopen' },
    payload: nothing.extend({
      reason,
      to: z.enum(stages).meta({ title: 'Mở lại bước', titleEn: 'Stage to reopen' }),
    }),
  },
} as const;

const facts = {
  sheetReady: {
    vi: 'Bảng chấm điểm đã công bố và cụm, khối có từ hai đơn vị trở lên',
    en: 'The score sheet is published and the cluster has two members or more',
  },
  selfScoringClosable: {
    vi: 'Các đơn vị đã nộp bản tự chấm, hoặc đã hết hạn',
    en: 'All units have handed in their own sheets, or the time is over',
  },
  crossScoringClosable: {
    vi: 'Các đơn vị và sở, ngành đã chấm xong, hoặc đã hết hạn',
    en: 'Members and departments have handed in their sheets, or the time is over',
  },
  explanationClosable: {
    vi: 'Các giải trình đã nộp, hoặc đã hết hạn',
    en: 'All explanations are in, or the time is over',
  },
  resultComputable: {
    vi: 'Đủ số liệu để tính kết quả',
    en: 'The result can be computed from what is there',
  },
};

const terms = { to: { vi: 'mở lại bước', en: 'back to' } };

type Context = Record<string, never>;
type Event = EventOf<typeof events, typeof facts>;

const types: MachineTypes<Context, Event> = {};

const openSelfScoring = openDeadline('selfScoring', 'eachMember');
const openCrossScoring = openDeadline('crossScoring', 'eachMember');
const openExplanation = openDeadline('explanation', 'eachMember');
const openVerification = openDeadline('verification', 'appraiser');

const toSelfScoring = { type: 'when', params: { payload: { to: 'selfScoring' } } } as const;
const toCrossScoring = { type: 'when', params: { payload: { to: 'crossScoring' } } } as const;
const toExplanation = { type: 'when', params: { payload: { to: 'explanation' } } } as const;
const toVerification = { type: 'when', params: { payload: { to: 'verification' } } } as const;

const supersedeResult = {
  type: 'record',
  params: ({ event }: { event: Extract<Event, { type: 'REOPEN' }> }) => ({
    what: 'supersedeResult' as const,
    data: { reason: event.payload.reason },
  }),
} as const;

const machine = setup({
  types,
  actions: effectActions,
  guards: { when: whenGuard<Context, Event>() },
}).createMachine({
  id: 'scoringRound',
  version: '1',
  context: {},
  initial: 'draft',
  states: {
    draft: {
      on: {
        OPEN: {
          target: 'selfScoring',
          guard: { type: 'when', params: { facts: ['sheetReady'] } },
          actions: [openSelfScoring, notify('roundOpened', 'eachMember')],
        },
      },
    },
    selfScoring: {
      on: {
        CLOSE_SELF_SCORING: {
          target: 'crossScoring',
          guard: { type: 'when', params: { facts: ['selfScoringClosable'] } },
          actions: [closeDeadline('selfScoring'), openCrossScoring],
        },
      },
    },
    crossScoring: {
      on: {
        CLOSE_CROSS_SCORING: {
          target: 'explanation',
          guard: { type: 'when', params: { facts: ['crossScoringClosable'] } },
          actions: [closeDeadline('crossScoring'), openExplanation],
        },
        REOPEN: {
          target: 'selfScoring',
          guard: toSelfScoring,
          actions: [closeDeadline('crossScoring'), openSelfScoring],
        },
      },
    },
    explanation: {
      on: {
        CLOSE_EXPLANATION: {
          target: 'verification',
          guard: { type: 'when', params: { facts: ['explanationClosable'] } },
          actions: [closeDeadline('explanation'), openVerification],
        },
        REOPEN: [
          {
            target: 'selfScoring',
            guard: toSelfScoring,
            actions: [closeDeadline('explanation'), openSelfScoring],
          },
          {
            target: 'crossScoring',
            guard: toCrossScoring,
            actions: [closeDeadline('explanation'), openCrossScoring],
          },
        ],
      },
    },
    verification: {
      on: {
        FINALIZE: {
          target: 'finalized',
          guard: { type: 'when', params: { facts: ['resultComputable'] } },
          actions: [
            closeDeadline('verification'),
            { type: 'record', params: { what: 'roundResult', data: {} } },
            notify('roundFinalized', 'eachMember'),
          ],
        },
        REOPEN: [
          {
            target: 'selfScoring',
            guard: toSelfScoring,
            actions: [closeDeadline('verification'), openSelfScoring],
          },
          {
            target: 'crossScoring',
            guard: toCrossScoring,
            actions: [closeDeadline('verification'), openCrossScoring],
          },
          {
            target: 'explanation',
            guard: toExplanation,
            actions: [closeDeadline('verification'), openExplanation],
          },
        ],
      },
    },
    // Finished, yet not final: a wrong result is reopened, and the old one kept as superseded.
    finalized: {
      on: {
        REOPEN: [
          { target: 'selfScoring', guard: toSelfScoring, actions: [supersedeResult, openSelfScoring] },
          { target: 'crossScoring', guard: toCrossScoring, actions: [supersedeResult, openCrossScoring] },
          { target: 'explanation', guard: toExplanation, actions: [supersedeResult, openExplanation] },
          { target: 'verification', guard: toVerification, actions: [supersedeResult, openVerification] },
        ],
      },
    },
  },
});

/** Đợt chấm điểm of one cluster or bloc: self, cross, explanation, verification, result. */
export const scoringRoundV1: WorkflowDefinition = {
  name: 'scoringRound',
  version: 1,
  label: { vi: 'Đợt chấm điểm', en: 'Scoring round' },
  machine,
  input: nothing,
  context: nothing,
  states,
  events,
  facts,
  terms,
};
