import type { Effect } from '../../../workflows/effects.ts';
import { decisionV1 } from '../../../workflows/decision/v1.ts';
import { someDecision } from '../../support/workflowPayloads.ts';
import { closed, describeWorkflow, notified, opened, recorded } from '../../support/workflowTable.ts';

const decisionId = someDecision;
const award = { decisionId, kind: 'award' };

const toItems = (event: 'AWARD' | 'REVOKE'): Effect => ({
  type: 'signal',
  to: 'items',
  event,
  payload: { decisionId },
});

const situations = {
  draft: { state: 'draft', context: award },
  awaitingSignature: { state: 'awaitingSignature', context: award },
  'signed award': { state: 'signed', context: award },
  'signed revocation': { state: 'signed', context: { decisionId, kind: 'revocation' } },
  'signed correction': { state: 'signed', context: { decisionId, kind: 'correction' } },
  issued: { state: 'issued', context: award },
  discarded: { state: 'discarded', context: award },
};

const numbered = { number: '1234/QĐ-UBND', date: '2018-12-28' };

const issue = { event: 'ISSUE', facts: ['itemsReady'], to: 'issued' };

describeWorkflow(decisionV1, situations, [
  {
    from: 'draft',
    event: 'SUBMIT_FOR_SIGNATURE',
    facts: ['hasItems', 'itemsReady'],
    to: 'awaitingSignature',
    effects: [opened('signature', 'chairman'), notified('decisionToSign', 'chairman')],
  },
  { from: 'draft', event: 'DISCARD', to: 'discarded' },
  {
    from: 'awaitingSignature',
    event: 'RETURN',
    to: 'draft',
    effects: [closed('signature'), notified('decisionReturned', 'recordsClerk')],
  },
  {
    from: 'awaitingSignature',
    event: 'SIGN',
    facts: ['itemsReady'],
    to: 'signed',
    effects: [
      closed('signature'),
      recorded('signature', { signatory: 'Nguyễn Văn A', capacity: 'CHỦ TỊCH' }),
      opened('issue', 'issuingClerk'),
      notified('decisionToIssue', 'issuingClerk'),
    ],
  },
  ...['signed award', 'signed revocation', 'signed correction'].map((from) => ({
    from,
    event: 'RETURN',
    to: 'draft',
    effects: [closed('issue'), recorded('withdrawSignature'), notified('decisionReturned', 'recordsClerk')],
  })),
  {
    ...issue,
    from: 'signed award',
    effects: [closed('issue'), recorded('issueAwards', numbered), toItems('AWARD')],
  },
  {
    ...issue,
    from: 'signed revocation',
    effects: [closed('issue'), recorded('revokeAwards', numbered), toItems('REVOKE')],
  },
  { ...issue, from: 'signed correction', effects: [closed('issue'), recorded('applyCorrections', numbered)] },
]);
