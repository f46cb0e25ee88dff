import { registrationV1 } from '../../../workflows/registration/v1.ts';
import { closed, describeWorkflow, notified, opened } from '../../support/workflowTable.ts';

const context = {};
const states = ['draft', 'submitted', 'accepted', 'withdrawn'];

describeWorkflow(registrationV1, Object.fromEntries(states.map((state) => [state, { state, context }])), [
  {
    from: 'draft',
    event: 'SUBMIT',
    facts: ['hasTargets'],
    to: 'submitted',
    effects: [opened('registrationReview', 'clusterLead'), notified('registrationSubmitted', 'clusterLead')],
  },
  { from: 'draft', event: 'WITHDRAW', to: 'withdrawn' },
  {
    from: 'submitted',
    event: 'ACCEPT',
    to: 'accepted',
    effects: [closed('registrationReview'), notified('registrationAccepted', 'unit')],
  },
  {
    from: 'submitted',
    event: 'RETURN',
    to: 'draft',
    effects: [closed('registrationReview'), notified('registrationReturned', 'unit')],
  },
  { from: 'submitted', event: 'WITHDRAW', to: 'withdrawn', effects: [closed('registrationReview')] },
]);
