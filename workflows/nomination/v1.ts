import { assign, setup } from 'xstate';
import { z } from 'zod';
import {
  closeDeadline,
  clusterChoices,
  councilFailures,
  effectActions,
  notify,
  openDeadline,
  pauseDeadline,
  resumeDeadline,
} from '../effects.ts';
import { day, id, line, nothing, reason, text, type EventOf, type MachineTypes } from '../fields.ts';
import { whenGuard } from '../guard.ts';
import type { WorkflowDefinition } from '../workflow.ts';

const states = {
  draft: { label: { vi: 'Đang lập hồ sơ', en: 'Draft' } },
  clusterReview: { label: { vi: 'Cụm, khối bình xét', en: 'Cluster review' } },
  supplement: { label: { vi: 'Yêu cầu bổ sung', en: 'Supplement asked for' } },
  appraisal: { label: { vi: 'Đang thẩm định', en: 'Appraisal' } },
  councilReview: { label: { vi: 'Trình Hội đồng', en: 'Before the council' } },
  awaitingDecision: { label: { vi: 'Chờ quyết định', en: 'Awaiting the decision' } },
  awaitingHigherDecision: { label: { vi: 'Đã trình cấp trên', en: 'Forwarded to the higher level' } },
  onHold: { label: { vi: 'Tạm dừng xét', en: 'On hold' } },
  awarded: { label: { vi: 'Đã khen thưởng', en: 'Awarded' }, finished: true },
  declined: { label: { vi: 'Cụm, khối không suy tôn', en: 'Declined by the cluster' }, finished: true },
  ineligible: { label: { vi: 'Không đủ điều kiện', en: 'Ineligible' }, finished: true },
  notApproved: { label: { vi: 'Không được thông qua', en: 'Not approved' }, finished: true },
  withdrawn: { label: { vi: 'Đã rút hồ sơ', en: 'Withdrawn' }, finished: true },
  revoked: { label: { vi: 'Đã thu hồi', en: 'Revoked' }, finished: true },
} as const;

const decisionId = id('Quyết định', 'Decision');
const nominationId = id('Hồ sơ', 'Case');

const events = {
  SUBMIT: { label: { vi: 'Trình hồ sơ', en: 'Submit' }, payload: nothing },
  CAST_CLUSTER_VOTE: {
    label: { vi: 'Bỏ phiếu suy tôn', en: 'Cast the cluster vote' },
    payload: nothing.extend({
      choice: z.enum(clusterChoices).meta({ title: 'Ý kiến', titleEn: 'Choice' }),
      reason: reason.optional(),
    }),
  },
  CLOSE_CLUSTER_REVIEW: {
    label: { vi: 'Kết thúc bình xét', en: 'Close the cluster review' },
    payload: nothing,
  },
  RETURN: {
    label: { vi: 'Trả lại, yêu cầu bổ sung', en: 'Return for a supplement' },
    payload: nothing.extend({
      reason,
      items: z
        .array(line('Nội dung cần bổ sung', 'Item', 500))
        .max(50)
        .meta({ title: 'Các nội dung cần bổ sung', titleEn: 'Items to supplement' })
        .optional(),
    }),
  },
  RESUBMIT: { label: { vi: 'Trình lại', en: 'Resubmit' }, payload: nothing },
  PASS_APPRAISAL: {
    label: { vi: 'Xác nhận đủ điều kiện', en: 'Pass the appraisal' },
    payload: nothing.extend({ summary: text('Ý kiến thẩm định', 'Appraisal summary').optional() }),
  },
  FAIL_APPRAISAL: {
    label: { vi: 'Kết luận không đủ điều kiện', en: 'Fail the appraisal' },
    payload: nothing.extend({ reason }),
  },
  COUNCIL_PASSED: {
    label: { vi: 'Hội đồng thông qua', en: 'The council approves' },
    payload: nothing.extend({ nominationId }),
    system: true,
  },
  COUNCIL_FAILED: {
    label: { vi: 'Hội đồng không thông qua', en: 'The council does not approve' },
    payload: nothing.extend({
      nominationId,
      reason: z.enum(councilFailures).meta({ title: 'Lý do', titleEn: 'Reason' }),
    }),
    system: true,
  },
  AWARD: {
    label: { vi: 'Khen thưởng', en: 'Award' },
    payload: nothing.extend({ decisionId }),
    system: true,
  },
  FORWARD: {
    label: { vi: 'Trình cấp trên', en: 'Forward to the higher level' },
    payload: nothing.extend({
      letterNumber: line('Số tờ trình', 'Number of the letter', 100),
      letterDate: day('Ngày tờ trình', 'Date of the letter'),
    }),
  },
  RECORD_HIGHER_DECISION: {
    label: { vi: 'Ghi nhận kết quả của cấp trên', en: 'Record the higher decision' },
    payload: nothing.extend({
      granted: z.enum(['yes', 'no']).meta({ title: 'Được khen thưởng', titleEn: 'Granted' }),
      authority: line('Cơ quan quyết định', 'Deciding authority'),
      number: line('Số văn bản', 'Document number', 100),
      date: day('Ngày văn bản', 'Document date'),
      reason: reason.optional(),
    }),
  },
  HOLD: { label: { vi: 'Tạm dừng xét', en: 'Hold' }, payload: nothing.extend({ reason }) },
  RELEASE: {
    label: { vi: 'Tiếp tục xét', en: 'Release' },
    payload: nothing.extend({ reason: reason.optional() }),
  },
  WITHDRAW: { label: { vi: 'Rút hồ sơ', en: 'Withdraw' }, payload: nothing.extend({ reason }) },
  REVOKE: {
    label: { vi: 'Thu hồi', en: 'Revoke' },
    payload: nothing.extend({ decisionId }),
    system: true,
  },
} as const;

const facts = {
  documentsComplete: { vi: 'Hồ sơ đủ thành phần theo quy định', en: 'All required documents are there' },
  notYetVoted: { vi: 'Đơn vị chưa bỏ phiếu cho hồ sơ này', en: 'The unit has not voted on this case yet' },
  clusterVoteClosable: {
    vi: 'Các thành viên đã bỏ phiếu đủ, hoặc đã hết hạn bình xét',
    en: 'The members have voted, or the review has run out of time',
  },
  clusterVotePassed: {
    vi: 'Đạt tỷ lệ suy tôn theo quy định',
    en: 'The required share of the cluster agrees',
  },
  appraisalReady: {
    vi: 'Đã có đủ căn cứ để kết luận thẩm định',
    en: 'All that the appraisal rests on is there',
  },
};

const terms = {
  'route.clusterVote': { vi: 'qua bình xét của cụm, khối', en: 'goes through the cluster' },
  'route.council': { vi: 'qua Hội đồng', en: 'goes through the council' },
  'route.higher': { vi: 'thuộc thẩm quyền cấp trên', en: 'decided at the higher level' },
  returnTo: { vi: 'nơi yêu cầu', en: 'asked for by' },
  heldFrom: { vi: 'dừng khi', en: 'held in' },
  granted: { vi: 'được khen thưởng', en: 'granted' },
  'granted.yes': { vi: 'có', en: 'yes' },
  'granted.no': { vi: 'không', en: 'no' },
};

const routeSchema = z.strictObject({ clusterVote: z.boolean(), council: z.boolean(), higher: z.boolean() });

const contextSchema = z.strictObject({
  route: routeSchema,
  returnTo: z.enum(['clusterReview', 'appraisal']).nullable(),
  heldFrom: z
    .enum(['clusterReview', 'appraisal', 'councilReview', 'awaitingDecision', 'awaitingHigherDecision'])
    .nullable(),
});

const inputSchema = z.strictObject({ route: routeSchema });

type Context = z.infer<typeof contextSchema>;
type Event = EventOf<typeof events, typeof facts>;

const nowhere = { clusterVote: false, council: false, higher: false };

const types: MachineTypes<Context, Event, z.infer<typeof inputSchema> | undefined> = {};

const machine = setup({
  types,
  actions: {
    ...effectActions,
    remember: assign((_, remembered: Partial<Pick<Context, 'returnTo' | 'heldFrom'>>) => remembered),
  },
  guards: { when: whenGuard<Context, Event>() },
}).createMachine({
  id: 'nomination',
  version: '1',
  context: ({ input }) => ({ route: input?.route ?? nowhere, returnTo: null, heldFrom: null }),
  initial: 'draft',
  states: {
    draft: {
      on: {
        SUBMIT: [
          {
            target: 'clusterReview',
            guard: {
              type: 'when',
              params: { facts: ['documentsComplete'], context: { route: { clusterVote: true } } },
            },
            actions: [
              openDeadline('clusterReview', 'clusterLead'),
              notify('nominationSubmitted', 'clusterLead'),
            ],
          },
          {
            target: 'appraisal',
            guard: {
              type: 'when',
              params: { facts: ['documentsComplete'], context: { route: { clusterVote: false } } },
            },
            actions: [openDeadline('appraisal', 'appraiser'), notify('nominationSubmitted', 'appraiser')],
          },
        ],
        WITHDRAW: { target: 'withdrawn' },
      },
    },
    clusterReview: {
      on: {
        CAST_CLUSTER_VOTE: {
          guard: { type: 'when', params: { facts: ['notYetVoted'] } },
          actions: [
            { type: 'record', params: ({ event }) => ({ what: 'clusterVote', data: event.payload }) },
          ],
        },
        CLOSE_CLUSTER_REVIEW: [
          {
            target: 'appraisal',
            guard: { type: 'when', params: { facts: ['clusterVoteClosable', 'clusterVotePassed'] } },
            actions: [
              closeDeadline('clusterReview'),
              { type: 'record', params: { what: 'closeClusterVote', data: { passed: true } } },
              openDeadline('appraisal', 'appraiser'),
              notify('nominationEndorsed', 'unit'),
              notify('nominationSubmitted', 'appraiser'),
            ],
          },
          {
            target: 'declined',
            guard: {
              type: 'when',
              params: { facts: ['clusterVoteClosable'], unless: ['clusterVotePassed'] },
            },
            actions: [
              closeDeadline('clusterReview'),
              { type: 'record', params: { what: 'closeClusterVote', data: { passed: false } } },
              notify('nominationDeclined', 'unit'),
            ],
          },
        ],
        RETURN: {
          target: 'supplement',
          actions: [
            { type: 'remember', params: { returnTo: 'clusterReview' } },
            pauseDeadline('clusterReview'),
            openDeadline('supplement', 'unit'),
            notify('nominationReturned', 'unit'),
          ],
        },
        HOLD: {
          target: 'onHold',
          actions: [
            { type: 'remember', params: { heldFrom: 'clusterReview' } },
            pauseDeadline('clusterReview'),
            notify('nominationHeld', 'unit'),
          ],
        },
        WITHDRAW: { target: 'withdrawn', actions: [closeDeadline('clusterReview')] },
      },
    },
    supplement: {
      on: {
        RESUBMIT: [
          {
            target: 'clusterReview',
            guard: {
              type: 'when',
              params: { facts: ['documentsComplete'], context: { returnTo: 'clusterReview' } },
            },
            actions: [
              { type: 'remember', params: { returnTo: null } },
              closeDeadline('supplement'),
              resumeDeadline('clusterReview'),
              notify('nominationResubmitted', 'clusterLead'),
            ],
          },
          {
            target: 'appraisal',
            guard: {
              type: 'when',
              params: { facts: ['documentsComplete'], context: { returnTo: 'appraisal' } },
            },
            actions: [
              { type: 'remember', params: { returnTo: null } },
              closeDeadline('supplement'),
              resumeDeadline('appraisal'),
              notify('nominationResubmitted', 'appraiser'),
            ],
          },
        ],
        WITHDRAW: [
          {
            target: 'withdrawn',
            guard: { type: 'when', params: { context: { returnTo: 'clusterReview' } } },
            actions: [closeDeadline('supplement'), closeDeadline('clusterReview')],
          },
          {
            target: 'withdrawn',
            guard: { type: 'when', params: { context: { returnTo: 'appraisal' } } },
            actions: [closeDeadline('supplement'), closeDeadline('appraisal')],
          },
        ],
      },
    },
    appraisal: {
      on: {
        PASS_APPRAISAL: [
          {
            target: 'councilReview',
            guard: {
              type: 'when',
              params: { facts: ['appraisalReady'], context: { route: { council: true } } },
            },
            actions: [closeDeadline('appraisal'), notify('nominationReadyForCouncil', 'councilSecretary')],
          },
          {
            target: 'awaitingDecision',
            guard: {
              type: 'when',
              params: { facts: ['appraisalReady'], context: { route: { council: false } } },
            },
            actions: [closeDeadline('appraisal'), openDeadline('decision', 'recordsClerk')],
          },
        ],
        FAIL_APPRAISAL: {
          target: 'ineligible',
          actions: [closeDeadline('appraisal'), notify('nominationIneligible', 'unit')],
        },
        RETURN: {
          target: 'supplement',
          actions: [
            { type: 'remember', params: { returnTo: 'appraisal' } },
            pauseDeadline('appraisal'),
            openDeadline('supplement', 'unit'),
            notify('nominationReturned', 'unit'),
          ],
        },
        HOLD: {
          target: 'onHold',
          actions: [
            { type: 'remember', params: { heldFrom: 'appraisal' } },
            pauseDeadline('appraisal'),
            notify('nominationHeld', 'unit'),
          ],
        },
        WITHDRAW: { target: 'withdrawn', actions: [closeDeadline('appraisal')] },
      },
    },
    councilReview: {
      on: {
        COUNCIL_PASSED: {
          target: 'awaitingDecision',
          actions: [openDeadline('decision', 'recordsClerk')],
        },
        COUNCIL_FAILED: { target: 'notApproved', actions: [notify('nominationNotApproved', 'unit')] },
        HOLD: {
          target: 'onHold',
          actions: [
            { type: 'remember', params: { heldFrom: 'councilReview' } },
            notify('nominationHeld', 'unit'),
          ],
        },
        WITHDRAW: { target: 'withdrawn' },
      },
    },
    awaitingDecision: {
      on: {
        AWARD: {
          target: 'awarded',
          guard: { type: 'when', params: { context: { route: { higher: false } } } },
          actions: [closeDeadline('decision'), notify('nominationAwarded', 'unit')],
        },
        FORWARD: {
          target: 'awaitingHigherDecision',
          guard: { type: 'when', params: { context: { route: { higher: true } } } },
          actions: [closeDeadline('decision')],
        },
        HOLD: {
          target: 'onHold',
          actions: [
            { type: 'remember', params: { heldFrom: 'awaitingDecision' } },
            pauseDeadline('decision'),
            notify('nominationHeld', 'unit'),
          ],
        },
        WITHDRAW: { target: 'withdrawn', actions: [closeDeadline('decision')] },
      },
    },
    awaitingHigherDecision: {
      on: {
        RECORD_HIGHER_DECISION: [
          {
            target: 'awarded',
            guard: { type: 'when', params: { payload: { granted: 'yes' } } },
            actions: [
              {
                type: 'record',
                params: ({ event }) => ({
                  what: 'higherAward',
                  data: {
                    authority: event.payload.authority,
                    number: event.payload.number,
                    date: event.payload.date,
                  },
                }),
              },
              notify('nominationAwarded', 'unit'),
            ],
          },
          {
            target: 'notApproved',
            guard: { type: 'when', params: { payload: { granted: 'no' } } },
            actions: [notify('nominationNotApproved', 'unit')],
          },
        ],
        HOLD: {
          target: 'onHold',
          actions: [
            { type: 'remember', params: { heldFrom: 'awaitingHigherDecision' } },
            notify('nominationHeld', 'unit'),
          ],
        },
      },
    },
    onHold: {
      on: {
        RELEASE: [
          {
            target: 'clusterReview',
            guard: { type: 'when', params: { context: { heldFrom: 'clusterReview' } } },
            actions: [{ type: 'remember', params: { heldFrom: null } }, resumeDeadline('clusterReview')],
          },
          {
            target: 'appraisal',
            guard: { type: 'when', params: { context: { heldFrom: 'appraisal' } } },
            actions: [{ type: 'remember', params: { heldFrom: null } }, resumeDeadline('appraisal')],
          },
          {
            target: 'councilReview',
            guard: { type: 'when', params: { context: { heldFrom: 'councilReview' } } },
            actions: [{ type: 'remember', params: { heldFrom: null } }],
          },
          {
            target: 'awaitingDecision',
            guard: { type: 'when', params: { context: { heldFrom: 'awaitingDecision' } } },
            actions: [{ type: 'remember', params: { heldFrom: null } }, resumeDeadline('decision')],
          },
          {
            target: 'awaitingHigherDecision',
            guard: { type: 'when', params: { context: { heldFrom: 'awaitingHigherDecision' } } },
            actions: [{ type: 'remember', params: { heldFrom: null } }],
          },
        ],
        // Held after it was forwarded, the dossier lies with the higher level and cannot be withdrawn here.
        WITHDRAW: [
          {
            target: 'withdrawn',
            guard: { type: 'when', params: { context: { heldFrom: 'clusterReview' } } },
            actions: [closeDeadline('clusterReview')],
          },
          {
            target: 'withdrawn',
            guard: { type: 'when', params: { context: { heldFrom: 'appraisal' } } },
            actions: [closeDeadline('appraisal')],
          },
          {
            target: 'withdrawn',
            guard: { type: 'when', params: { context: { heldFrom: 'councilReview' } } },
          },
          {
            target: 'withdrawn',
            guard: { type: 'when', params: { context: { heldFrom: 'awaitingDecision' } } },
            actions: [closeDeadline('decision')],
          },
        ],
      },
    },
    // Finished, yet not final: an issued revocation still reaches it.
    awarded: { on: { REVOKE: { target: 'revoked', actions: [notify('awardRevoked', 'unit')] } } },
    declined: { type: 'final' },
    ineligible: { type: 'final' },
    notApproved: { type: 'final' },
    withdrawn: { type: 'final' },
    revoked: { type: 'final' },
  },
});

/** Hồ sơ đề nghị khen thưởng: one award for one recipient, on the route its award has in the rule pack. */
export const nominationV1: WorkflowDefinition = {
  name: 'nomination',
  version: 1,
  label: { vi: 'Hồ sơ đề nghị khen thưởng', en: 'Nomination' },
  machine,
  input: inputSchema,
  context: contextSchema,
  states,
  events,
  facts,
  terms,
};
