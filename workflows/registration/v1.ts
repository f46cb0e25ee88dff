import { setup } from 'xstate';
import { closeDeadline, effectActions, notify, openDeadline } from '../effects.ts';
import { nothing, reason, type EventOf, type MachineTypes } from '../fields.ts';
import { whenGuard } from '../guard.ts';
import type { WorkflowDefinition } from '../workflow.ts';

const states = {
  draft: { label: { vi: 'Đang soạn thảo', en: 'Draft' } },
  submitted: { label: { vi: 'Chờ tiếp nhận', en: 'Awaiting acceptance' } },
  accepted: { label: { vi: 'Đã tiếp nhận', en: 'Accepted' }, finished: true },
  withdrawn: { label: { vi: 'Đã rút đăng ký', en: 'Withdrawn' }, finished: true },
} as const;

const events = {
  SUBMIT: { label: { vi: 'Gửi đăng ký', en: 'Submit' }, payload: nothing },
  ACCEPT: { label: { vi: 'Tiếp nhận', en: 'Accept' }, payload: nothing },
  RETURN: { label: { vi: 'Trả lại', en: 'Return' }, payload: nothing.extend({ reason }) },
  WITHDRAW: { label: { vi: 'Rút đăng ký', en: 'Withdraw' }, payload: nothing.extend({ reason }) },
};

const facts = {
  hasTargets: { vi: 'Bản đăng ký đã có chỉ tiêu', en: 'The registration has its targets' },
};

type Context = Record<string, never>;
type Event = EventOf<typeof events, typeof facts>;

const types: MachineTypes<Context, Event> = {};

const machine = setup({
  types,
  actions: effectActions,
  guards: { when: whenGuard<Context, Event>() },
}).createMachine({
  id: 'registration',
  version: '1',
  context: {},
  initial: 'draft',
  states: {
    draft: {
      on: {
        SUBMIT: {
          target: 'submitted',
          guard: { type: 'when', params: { facts: ['hasTargets'] } },
          actions: [
            openDeadline('registrationReview', 'clusterLead'),
            notify('registrationSubmitted', 'clusterLead'),
          ],
        },
        WITHDRAW: { target: 'withdrawn' },
      },
    },
    submitted: {
      on: {
        ACCEPT: {
          target: 'accepted',
          actions: [closeDeadline('registrationReview'), notify('registrationAccepted', 'unit')],
        },
        RETURN: {
          target: 'draft',
          actions: [closeDeadline('registrationReview'), notify('registrationReturned', 'unit')],
        },
        WITHDRAW: { target: 'withdrawn', actions: [closeDeadline('registrationReview')] },
      },
    },
    accepted: { type: 'final' },
    withdrawn: { type: 'final' },
  },
});

/** Đăng ký, giao ước thi đua: what a unit commits itself to for a movement's year. */
export const registrationV1: WorkflowDefinition = {
  name: 'registration',
  version: 1,
  label: { vi: 'Đăng ký thi đua', en: 'Registration' },
  machine,
  input: nothing,
  context: nothing,
  states,
  events,
  facts,
  terms: {},
};
