import { movementV1 } from '../../../workflows/movement/v1.ts';
import { describeWorkflow, notified } from '../../support/workflowTable.ts';

const context = {};
const states = ['draft', 'running', 'midtermReview', 'finalReview', 'concluded', 'cancelled'];

describeWorkflow(movementV1, Object.fromEntries(states.map((state) => [state, { state, context }])), [
  {
    from: 'draft',
    event: 'LAUNCH',
    facts: ['planComplete'],
    to: 'running',
    effects: [notified('movementLaunched', 'allUnits')],
  },
  { from: 'running', event: 'OPEN_MIDTERM_REVIEW', to: 'midtermReview' },
  { from: 'midtermReview', event: 'CLOSE_MIDTERM_REVIEW', to: 'running' },
  { from: 'running', event: 'OPEN_FINAL_REVIEW', to: 'finalReview' },
  { from: 'finalReview', event: 'CONCLUDE', to: 'concluded' },
  { from: 'draft', event: 'CANCEL', to: 'cancelled' },
  { from: 'running', event: 'CANCEL', to: 'cancelled' },
  { from: 'midtermReview', event: 'CANCEL', to: 'cancelled' },
  { from: 'finalReview', event: 'CANCEL', to: 'cancelled' },
]);
