import { scoringRoundV1 } from '../../../workflows/scoringRound/v1.ts';
import { closed, describeWorkflow, notified, opened, recorded } from '../../support/workflowTable.ts';

const context = {};
const states = ['draft', 'selfScoring', 'crossScoring', 'explanation', 'verification', 'finalized'];
const reason = 'Vì có căn cứ mới';

const openings = {
  selfScoring: opened('selfScoring', 'eachMember'),
  crossScoring: opened('crossScoring', 'eachMember'),
  explanation: opened('explanation', 'eachMember'),
  verification: opened('verification', 'appraiser'),
};
type Stage = keyof typeof openings;

const backTo = (from: Stage, to: Stage) => ({
  from,
  event: 'REOPEN',
  payload: { reason, to },
  to,
  effects: [closed(from), openings[to]],
});

const reopenedAt = (to: Stage) => ({
  from: 'finalized',
  event: 'REOPEN',
  payload: { reason, to },
  to,
  effects: [recorded('supersedeResult', { reason }), openings[to]],
});

describeWorkflow(scoringRoundV1, Object.fromEntries(states.map((state) => [state, { state, context }])), [
  {
    from: 'draft',
    event: 'OPEN',
    facts: ['sheetReady'],
    to: 'selfScoring',
    effects: [openings.selfScoring, notified('roundOpened', 'eachMember')],
  },
  {
    from: 'selfScoring',
    event: 'CLOSE_SELF_SCORING',
    facts: ['selfScoringClosable'],
    to: 'crossScoring',
    effects: [closed('selfScoring'), openings.crossScoring],
  },
  {
    from: 'crossScoring',
    event: 'CLOSE_CROSS_SCORING',
    facts: ['crossScoringClosable'],
    to: 'explanation',
    effects: [closed('crossScoring'), openings.explanation],
  },
  {
    from: 'explanation',
    event: 'CLOSE_EXPLANATION',
    facts: ['explanationClosable'],
    to: 'verification',
    effects: [closed('explanation'), openings.verification],
  },
  {
    from: 'verification',
    event: 'FINALIZE',
    facts: ['resultComputable'],
    to: 'finalized',
    effects: [closed('verification'), recorded('roundResult'), notified('roundFinalized', 'eachMember')],
  },
  backTo('crossScoring', 'selfScoring'),
  backTo('explanation', 'selfScoring'),
  backTo('explanation', 'crossScoring'),
  backTo('verification', 'selfScoring'),
  backTo('verification', 'crossScoring'),
  backTo('verification', 'explanation'),
  reopenedAt('selfScoring'),
  reopenedAt('crossScoring'),
  reopenedAt('explanation'),
  reopenedAt('verification'),
]);
