import { assign, setup } from 'xstate';
import type { z } from 'zod';
import {
  closeDeadline,
  effectActions,
  notify,
  openDeadline,
  pauseDeadline,
  resumeDeadline,
} from '../effects.ts';
import type { EventOf, MachineTypes } from '../fields.ts';
import { whenGuard } from '../guard.ts';
import type { WorkflowDefinition } from '../workflow.ts';
import { contextSchema, events, facts, inputSchema, states, terms } from './v1Vocabulary.ts';

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
              params: {
                facts: ['documentsComplete', 'ruleInForce'],
                context: { route: { clusterVote: true } },
              },
            },
            actions: [
              { type: 'record', params: { what: 'reception', data: {} } },
              openDeadline('clusterReview', 'clusterLead'),
              notify('nominationSubmitted', 'clusterLead'),
            ],
          },
          {
            target: 'appraisal',
            guard: {
              type: 'when',
              params: {
                facts: ['documentsComplete', 'ruleInForce'],
                context: { route: { clusterVote: false } },
              },
            },
            actions: [
              { type: 'record', params: { what: 'reception', data: {} } },
              openDeadline('appraisal', 'appraiser'),
              notify('nominationSubmitted', 'appraiser'),
            ],
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
            actions: [
              {
                type: 'record',
                params: ({ event }) => ({
                  what: 'higherRefusal',
                  data: {
                    authority: event.payload.authority,
                    number: event.payload.number,
                    date: event.payload.date,
                    ...(event.payload.reason !== undefined && { reason: event.payload.reason }),
                  },
                }),
              },
              notify('nominationNotApproved', 'unit'),
            ],
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
