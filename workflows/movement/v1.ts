import { setup } from 'xstate';
import { effectActions, notify } from '../effects.ts';
import { nothing, reason, text, type EventOf, type MachineTypes } from '../fields.ts';
import { whenGuard } from '../guard.ts';
import type { WorkflowDefinition } from '../workflow.ts';

const states = {
  draft: { label: { vi: 'Đang soạn thảo', en: 'Draft' } },
  running: { label: { vi: 'Đang triển khai', en: 'Running' } },
  midtermReview: { label: { vi: 'Đang sơ kết', en: 'Mid-term review' } },
  finalReview: { label: { vi: 'Đang tổng kết', en: 'Final review' } },
  concluded: { label: { vi: 'Đã kết thúc', en: 'Concluded' }, finished: true },
  cancelled: { label: { vi: 'Đã hủy', en: 'Cancelled' }, finished: true },
} as const;

const summary = text('Nội dung kết luận', 'Summary');

const events = {
  LAUNCH: { label: { vi: 'Phát động', en: 'Launch' }, payload: nothing },
  OPEN_MIDTERM_REVIEW: { label: { vi: 'Mở sơ kết', en: 'Open the mid-term review' }, payload: nothing },
  CLOSE_MIDTERM_REVIEW: {
    label: { vi: 'Kết thúc sơ kết', en: 'Close the mid-term review' },
    payload: nothing.extend({ summary }),
  },
  OPEN_FINAL_REVIEW: { label: { vi: 'Mở tổng kết', en: 'Open the final review' }, payload: nothing },
  CONCLUDE: { label: { vi: 'Kết thúc phong trào', en: 'Conclude' }, payload: nothing.extend({ summary }) },
  CANCEL: { label: { vi: 'Hủy phong trào', en: 'Cancel' }, payload: nothing.extend({ reason }) },
};

const facts = {
  planComplete: {
    vi: 'Kế hoạch đã đủ mục tiêu, nội dung, tiêu chí và đối tượng',
    en: 'The plan has its goals, contents, criteria and subjects',
  },
};

type Context = Record<string, never>;
type Event = EventOf<typeof events, typeof facts>;

const types: MachineTypes<Context, Event> = {};

const machine = setup({
  types,
  actions: effectActions,
  guards: { when: whenGuard<Context, Event>() },
}).createMachine({
  id: 'movement',
  version: '1',
  context: {},
  initial: 'draft',
  states: {
    draft: {
      on: {
        LAUNCH: {
          target: 'running',
          guard: { type: 'when', params: { facts: ['planComplete'] } },
          actions: [notify('movementLaunched', 'allUnits')],
        },
        CANCEL: { target: 'cancelled' },
      },
    },
    running: {
      on: {
        OPEN_MIDTERM_REVIEW: { target: 'midtermReview' },
        OPEN_FINAL_REVIEW: { target: 'finalReview' },
        CANCEL: { target: 'cancelled' },
      },
    },
    midtermReview: {
      on: { CLOSE_MIDTERM_REVIEW: { target: 'running' }, CANCEL: { target: 'cancelled' } },
    },
    finalReview: {
      on: { CONCLUDE: { target: 'concluded' }, CANCEL: { target: 'cancelled' } },
    },
    concluded: { type: 'final' },
    cancelled: { type: 'final' },
  },
});

/** Phong trào thi đua, from the plan to its final review. */
export const movementV1: WorkflowDefinition = {
  name: 'movement',
  version: 1,
  label: { vi: 'Phong trào thi đua', en: 'Emulation movement' },
  machine,
  input: nothing,
  context: nothing,
  states,
  events,
  facts,
  terms: {},
};
