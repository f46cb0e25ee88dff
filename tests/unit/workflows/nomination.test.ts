import { nominationV1 } from '../../../workflows/nomination/v1.ts';
import { payloads } from '../../support/workflowPayloads.ts';
import {
  closed,
  describeWorkflow,
  notified,
  opened,
  paused,
  recorded,
  resumed,
  type Row,
  type Situations,
} from '../../support/workflowTable.ts';

const route = { clusterVote: true, council: true, higher: false };
const context = { route, returnTo: null, heldFrom: null };
const held = (heldFrom: string) => ({ state: 'onHold', context: { ...context, heldFrom } });
const plain = (state: string) => ({ state, context });

const situations: Situations = {
  'draft, cluster': plain('draft'),
  'draft, no cluster': { state: 'draft', context: { ...context, route: { ...route, clusterVote: false } } },
  clusterReview: plain('clusterReview'),
  'supplement for the cluster': { state: 'supplement', context: { ...context, returnTo: 'clusterReview' } },
  'supplement for the appraisal': { state: 'supplement', context: { ...context, returnTo: 'appraisal' } },
  'appraisal, council': plain('appraisal'),
  'appraisal, no council': {
    state: 'appraisal',
    context: { ...context, route: { ...route, council: false } },
  },
  councilReview: plain('councilReview'),
  awaitingDecision: plain('awaitingDecision'),
  'awaitingDecision, higher': {
    state: 'awaitingDecision',
    context: { ...context, route: { ...route, higher: true } },
  },
  awaitingHigherDecision: plain('awaitingHigherDecision'),
  'held in clusterReview': held('clusterReview'),
  'held in appraisal': held('appraisal'),
  'held in councilReview': held('councilReview'),
  'held in awaitingDecision': held('awaitingDecision'),
  'held in awaitingHigherDecision': held('awaitingHigherDecision'),
  awarded: plain('awarded'),
  declined: plain('declined'),
  ineligible: plain('ineligible'),
  notApproved: plain('notApproved'),
  withdrawn: plain('withdrawn'),
  revoked: plain('revoked'),
};

const hold = (from: string, heldFrom: string, deadline?: string): Row => ({
  from,
  event: 'HOLD',
  to: 'onHold',
  context: { heldFrom },
  effects: [...(deadline ? [paused(deadline)] : []), notified('nominationHeld', 'unit')],
});

const release = (to: string, deadline?: string): Row => ({
  from: `held in ${to}`,
  event: 'RELEASE',
  to,
  context: { heldFrom: null },
  effects: deadline ? [resumed(deadline)] : [],
});

const withdraw = (from: string, ...deadlines: string[]): Row => ({
  from,
  event: 'WITHDRAW',
  to: 'withdrawn',
  effects: deadlines.map(closed),
});

const returned = (from: string, returnTo: string): Row => ({
  from,
  event: 'RETURN',
  to: 'supplement',
  context: { returnTo },
  effects: [paused(returnTo), opened('supplement', 'unit'), notified('nominationReturned', 'unit')],
});

const [castYes = {}, castNo = {}] = payloads.nomination['CAST_CLUSTER_VOTE'] ?? [];
const [granted = {}, notGranted = {}] = payloads.nomination['RECORD_HIGHER_DECISION'] ?? [];

const submitting: Row[] = [
  {
    from: 'draft, cluster',
    event: 'SUBMIT',
    facts: ['documentsComplete', 'ruleInForce'],
    to: 'clusterReview',
    effects: [
      recorded('reception', {}),
      opened('clusterReview', 'clusterLead'),
      notified('nominationSubmitted', 'clusterLead'),
    ],
  },
  {
    from: 'draft, no cluster',
    event: 'SUBMIT',
    facts: ['documentsComplete', 'ruleInForce'],
    to: 'appraisal',
    effects: [
      recorded('reception', {}),
      opened('appraisal', 'appraiser'),
      notified('nominationSubmitted', 'appraiser'),
    ],
  },
  {
    from: 'supplement for the cluster',
    event: 'RESUBMIT',
    facts: ['documentsComplete'],
    to: 'clusterReview',
    context: { returnTo: null },
    effects: [
      closed('supplement'),
      resumed('clusterReview'),
      notified('nominationResubmitted', 'clusterLead'),
    ],
  },
  {
    from: 'supplement for the appraisal',
    event: 'RESUBMIT',
    facts: ['documentsComplete'],
    to: 'appraisal',
    context: { returnTo: null },
    effects: [closed('supplement'), resumed('appraisal'), notified('nominationResubmitted', 'appraiser')],
  },
];

const clusterReview: Row[] = [
  ...[castYes, castNo].map((payload) => ({
    from: 'clusterReview',
    event: 'CAST_CLUSTER_VOTE',
    payload,
    facts: ['notYetVoted'],
    to: 'clusterReview',
    effects: [recorded('clusterVote', payload)],
  })),
  {
    from: 'clusterReview',
    event: 'CLOSE_CLUSTER_REVIEW',
    facts: ['clusterVoteClosable', 'clusterVotePassed'],
    to: 'appraisal',
    effects: [
      closed('clusterReview'),
      recorded('closeClusterVote', { passed: true }),
      opened('appraisal', 'appraiser'),
      notified('nominationEndorsed', 'unit'),
      notified('nominationSubmitted', 'appraiser'),
    ],
  },
  {
    from: 'clusterReview',
    event: 'CLOSE_CLUSTER_REVIEW',
    facts: ['clusterVoteClosable'],
    not: ['clusterVotePassed'],
    to: 'declined',
    effects: [
      closed('clusterReview'),
      recorded('closeClusterVote', { passed: false }),
      notified('nominationDeclined', 'unit'),
    ],
  },
  returned('clusterReview', 'clusterReview'),
];

const appraisal: Row[] = [
  {
    from: 'appraisal, council',
    event: 'PASS_APPRAISAL',
    facts: ['appraisalReady'],
    to: 'councilReview',
    effects: [closed('appraisal'), notified('nominationReadyForCouncil', 'councilSecretary')],
  },
  {
    from: 'appraisal, no council',
    event: 'PASS_APPRAISAL',
    facts: ['appraisalReady'],
    to: 'awaitingDecision',
    effects: [closed('appraisal'), opened('decision', 'recordsClerk')],
  },
  ...['appraisal, council', 'appraisal, no council'].flatMap((from) => [
    {
      from,
      event: 'FAIL_APPRAISAL',
      to: 'ineligible',
      effects: [closed('appraisal'), notified('nominationIneligible', 'unit')],
    },
    returned(from, 'appraisal'),
    hold(from, 'appraisal', 'appraisal'),
    withdraw(from, 'appraisal'),
  ]),
];

const deciding: Row[] = [
  {
    from: 'councilReview',
    event: 'COUNCIL_PASSED',
    to: 'awaitingDecision',
    effects: [opened('decision', 'recordsClerk')],
  },
  {
    from: 'councilReview',
    event: 'COUNCIL_FAILED',
    to: 'notApproved',
    effects: [notified('nominationNotApproved', 'unit')],
  },
  {
    from: 'awaitingDecision',
    event: 'AWARD',
    to: 'awarded',
    effects: [closed('decision'), notified('nominationAwarded', 'unit')],
  },
  {
    from: 'awaitingDecision, higher',
    event: 'FORWARD',
    to: 'awaitingHigherDecision',
    effects: [closed('decision')],
  },
  {
    from: 'awaitingHigherDecision',
    event: 'RECORD_HIGHER_DECISION',
    payload: granted,
    to: 'awarded',
    effects: [
      recorded('higherAward', { authority: 'Chủ tịch nước', number: '7/QĐ-CTN', date: '2018-12-20' }),
      notified('nominationAwarded', 'unit'),
    ],
  },
  {
    from: 'awaitingHigherDecision',
    event: 'RECORD_HIGHER_DECISION',
    payload: notGranted,
    to: 'notApproved',
    effects: [
      recorded('higherRefusal', {
        authority: 'Chủ tịch nước',
        number: '8/TB',
        date: '2018-12-20',
        reason: 'Vì có căn cứ mới',
      }),
      notified('nominationNotApproved', 'unit'),
    ],
  },
  { from: 'awarded', event: 'REVOKE', to: 'revoked', effects: [notified('awardRevoked', 'unit')] },
];

const holding: Row[] = [
  hold('clusterReview', 'clusterReview', 'clusterReview'),
  hold('councilReview', 'councilReview'),
  hold('awaitingDecision', 'awaitingDecision', 'decision'),
  hold('awaitingDecision, higher', 'awaitingDecision', 'decision'),
  hold('awaitingHigherDecision', 'awaitingHigherDecision'),
  release('clusterReview', 'clusterReview'),
  release('appraisal', 'appraisal'),
  release('councilReview'),
  release('awaitingDecision', 'decision'),
  release('awaitingHigherDecision'),
];

const withdrawing: Row[] = [
  withdraw('draft, cluster'),
  withdraw('draft, no cluster'),
  withdraw('clusterReview', 'clusterReview'),
  withdraw('supplement for the cluster', 'supplement', 'clusterReview'),
  withdraw('supplement for the appraisal', 'supplement', 'appraisal'),
  withdraw('councilReview'),
  withdraw('awaitingDecision', 'decision'),
  withdraw('awaitingDecision, higher', 'decision'),
  withdraw('held in clusterReview', 'clusterReview'),
  withdraw('held in appraisal', 'appraisal'),
  withdraw('held in councilReview'),
  withdraw('held in awaitingDecision', 'decision'),
];

describeWorkflow(nominationV1, situations, [
  ...submitting,
  ...clusterReview,
  ...appraisal,
  ...deciding,
  ...holding,
  ...withdrawing,
]);
