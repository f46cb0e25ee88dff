import type { Effect } from '../../../workflows/effects.ts';
import { councilSessionV1 } from '../../../workflows/councilSession/v1.ts';
import { someNomination } from '../../support/workflowPayloads.ts';
import { closed, describeWorkflow, notified, opened, recorded } from '../../support/workflowTable.ts';

const context = {};
const states = ['draft', 'convened', 'inSession', 'adjourned', 'closed', 'cancelled'];
const nominationId = someNomination;
const reason = 'Vì có căn cứ mới';
const chairOrder = 'Kết thúc lúc 11 giờ';

const passed: Effect = { type: 'signal', to: 'case', event: 'COUNCIL_PASSED', payload: { nominationId } };
const failed = (failure: 'belowMinimumScore' | 'shareOfVotesMissed'): Effect => ({
  type: 'signal',
  to: 'case',
  event: 'COUNCIL_FAILED',
  payload: { nominationId, reason: failure },
});

const stays = { from: 'inSession', to: 'inSession' };

describeWorkflow(councilSessionV1, Object.fromEntries(states.map((state) => [state, { state, context }])), [
  {
    from: 'draft',
    event: 'CONVENE',
    facts: ['hasCases'],
    to: 'convened',
    effects: [
      recorded('convene', { date: '2018-11-20', place: 'Phòng họp số 1' }),
      notified('sessionConvened', 'councilMembers'),
    ],
  },
  { from: 'draft', event: 'CANCEL', to: 'cancelled' },
  { from: 'convened', event: 'OPEN', facts: ['quorum'], to: 'inSession' },
  { from: 'convened', event: 'CANCEL', to: 'cancelled' },
  {
    ...stays,
    event: 'OPEN_SCORING',
    facts: ['caseScoringOpenable'],
    effects: [recorded('openScoring', { nominationId })],
  },
  {
    ...stays,
    event: 'CLOSE_SCORING',
    facts: ['caseScoringClosable', 'caseScoresPassed', 'caseNeedsBallot'],
    effects: [recorded('closeScoring', { nominationId, passed: true })],
  },
  {
    ...stays,
    event: 'CLOSE_SCORING',
    facts: ['caseScoringClosable', 'caseScoresPassed'],
    not: ['caseNeedsBallot'],
    effects: [recorded('closeScoring', { nominationId, passed: true }), passed],
  },
  {
    ...stays,
    event: 'CLOSE_SCORING',
    facts: ['caseScoringClosable'],
    not: ['caseScoresPassed'],
    effects: [recorded('closeScoring', { nominationId, passed: false }), failed('belowMinimumScore')],
  },
  {
    ...stays,
    event: 'OPEN_BALLOT',
    facts: ['quorum', 'caseBallotOpenable', 'caseBallotLawful'],
    effects: [recorded('openBallot', { nominationId, reason })],
  },
  {
    ...stays,
    event: 'CLOSE_BALLOT',
    payload: { nominationId },
    facts: ['caseBallotClosable', 'caseBallotPassed'],
    effects: [recorded('closeBallot', { nominationId, passed: true }), passed],
  },
  {
    ...stays,
    event: 'CLOSE_BALLOT',
    payload: { nominationId, chairOrder },
    facts: ['caseBallotClosable'],
    not: ['caseBallotPassed'],
    effects: [
      recorded('closeBallot', { nominationId, chairOrder, passed: false }),
      failed('shareOfVotesMissed'),
    ],
  },
  {
    from: 'inSession',
    event: 'ADJOURN',
    facts: ['noOpenCase'],
    to: 'adjourned',
    effects: [opened('minutes', 'councilSecretary')],
  },
  { from: 'adjourned', event: 'SIGN_MINUTES', to: 'closed', effects: [closed('minutes')] },
]);
