import { setup } from 'xstate';
import { z } from 'zod';
import { closeDeadline, effectActions, notify, openDeadline, signingCapacities } from '../effects.ts';
import { day, line, nothing, reason, type EventOf, type MachineTypes } from '../fields.ts';
import { whenGuard } from '../guard.ts';
import type { WorkflowDefinition } from '../workflow.ts';

const states = {
  draft: { label: { vi: 'Đang dự thảo', en: 'Draft' } },
  awaitingSignature: { label: { vi: 'Chờ ký', en: 'Awaiting signature' } },
  signed: { label: { vi: 'Đã ký, chờ ban hành', en: 'Signed, to be issued' } },
  issued: { label: { vi: 'Đã ban hành', en: 'Issued' }, finished: true },
  discarded: { label: { vi: 'Đã hủy dự thảo', en: 'Discarded' }, finished: true },
} as const;

const events = {
  SUBMIT_FOR_SIGNATURE: { label: { vi: 'Trình ký', en: 'Submit for signature' }, payload: nothing },
  RETURN: { label: { vi: 'Trả lại dự thảo', en: 'Return' }, payload: nothing.extend({ reason }) },
  SIGN: {
    label: { vi: 'Ký quyết định', en: 'Sign' },
    payload: nothing.extend({
      signatory: line('Người ký', 'Signatory'),
      capacity: z
        .enum(signingCapacities)
        .meta({ title: 'Thẩm quyền ký', titleEn: 'Capacity of the signatory' }),
    }),
  },
  ISSUE: {
    label: { vi: 'Ban hành', en: 'Issue' },
    payload: nothing.extend({
      number: line('Số, ký hiệu', 'Document number', 100),
      date: day('Ngày ban hành', 'Date of issue'),
    }),
  },
  DISCARD: { label: { vi: 'Hủy dự thảo', en: 'Discard' }, payload: nothing.extend({ reason }) },
};

const facts = {
  hasItems: { vi: 'Quyết định đã có nội dung', en: 'The decision has its items' },
  itemsReady: {
    vi: 'Mọi hồ sơ trong quyết định đều ở trạng thái phù hợp',
    en: 'Every case in the decision is in the right state for it',
  },
};

const terms = {
  kind: { vi: 'loại quyết định', en: 'kind' },
  'kind.award': { vi: 'khen thưởng', en: 'award' },
  'kind.revocation': { vi: 'thu hồi', en: 'revocation' },
  'kind.correction': { vi: 'đính chính', en: 'correction' },
};

const contextSchema = z.strictObject({
  decisionId: z.uuid(),
  kind: z.enum(['award', 'revocation', 'correction']),
});

type Context = z.infer<typeof contextSchema>;
type Event = EventOf<typeof events, typeof facts>;

const types: MachineTypes<Context, Event, Context | undefined> = {};

const nobody: Context = { decisionId: '00000000-0000-0000-0000-000000000000', kind: 'award' };

const machine = setup({
  types,
  actions: effectActions,
  guards: { when: whenGuard<Context, Event>() },
}).createMachine({
  id: 'decision',
  version: '1',
  context: ({ input }) => ({ ...(input ?? nobody) }),
  initial: 'draft',
  states: {
    draft: {
      on: {
        SUBMIT_FOR_SIGNATURE: {
          target: 'awaitingSignature',
          guard: { type: 'when', params: { facts: ['hasItems', 'itemsReady'] } },
          actions: [openDeadline('signature', 'chairman'), notify('decisionToSign', 'chairman')],
        },
        DISCARD: { target: 'discarded' },
      },
    },
    awaitingSignature: {
      on: {
        RETURN: {
          target: 'draft',
          actions: [closeDeadline('signature'), notify('decisionReturned', 'recordsClerk')],
        },
        SIGN: {
          target: 'signed',
          guard: { type: 'when', params: { facts: ['itemsReady'] } },
          actions: [
            closeDeadline('signature'),
            { type: 'record', params: ({ event }) => ({ what: 'signature', data: event.payload }) },
            openDeadline('issue', 'issuingClerk'),
            notify('decisionToIssue', 'issuingClerk'),
          ],
        },
      },
    },
    signed: {
      on: {
        // A case may still be held or withdrawn before the issue; without this way back the others would be stuck.
        RETURN: {
          target: 'draft',
          actions: [
            closeDeadline('issue'),
            { type: 'record', params: { what: 'withdrawSignature', data: {} } },
            notify('decisionReturned', 'recordsClerk'),
          ],
        },
        ISSUE: [
          {
            target: 'issued',
            guard: { type: 'when', params: { facts: ['itemsReady'], context: { kind: 'award' } } },
            actions: [
              closeDeadline('issue'),
              { type: 'record', params: ({ event }) => ({ what: 'issueAwards', data: event.payload }) },
              {
                type: 'signal',
                params: ({ context }) => ({
                  to: 'items',
                  event: 'AWARD',
                  payload: { decisionId: context.decisionId },
                }),
              },
            ],
          },
          {
            target: 'issued',
            guard: { type: 'when', params: { facts: ['itemsReady'], context: { kind: 'revocation' } } },
            actions: [
              closeDeadline('issue'),
              { type: 'record', params: ({ event }) => ({ what: 'revokeAwards', data: event.payload }) },
              {
                type: 'signal',
                params: ({ context }) => ({
                  to: 'items',
                  event: 'REVOKE',
                  payload: { decisionId: context.decisionId },
                }),
              },
            ],
          },
          {
            target: 'issued',
            guard: { type: 'when', params: { facts: ['itemsReady'], context: { kind: 'correction' } } },
            actions: [
              closeDeadline('issue'),
              { type: 'record', params: ({ event }) => ({ what: 'applyCorrections', data: event.payload }) },
            ],
          },
        ],
      },
    },
    issued: { type: 'final' },
    discarded: { type: 'final' },
  },
});

/** Quyết định: an award, a revocation or a correction, signed by the chairman and issued by the clerk. */
export const decisionV1: WorkflowDefinition = {
  name: 'decision',
  version: 1,
  label: { vi: 'Quyết định', en: 'Decision' },
  machine,
  input: contextSchema,
  context: contextSchema,
  states,
  events,
  facts,
  terms,
};
