import type { WorkflowName } from '../../../workflows/workflow.ts';
import { payloads } from '../workflowPayloads.ts';
import type { Action, Call } from './action.ts';
import { nextNumber } from './buildDecisions.ts';
import type { Collection } from './table.ts';

const ofScored = ({ of }: Call) => ({ nominationId: of.scoredId });
const ofVoted = ({ of }: Call) => ({ nominationId: of.votedId });

/** Payloads that must fit the case; the others are the first sample of the event. */
const FITTING: Partial<Record<WorkflowName, Record<string, (call: Call) => object>>> = {
  nomination: {
    // A refusal: to be granted, the case would need the council's vote. Dated on the server's day.
    RECORD_HIGHER_DECISION: () => ({
      ...payloads.nomination['RECORD_HIGHER_DECISION']?.[1],
      date: '2018-01-02',
    }),
  },
  councilSession: {
    OPEN_SCORING: ofScored,
    CLOSE_SCORING: ofScored,
    OPEN_BALLOT: ofVoted,
    CLOSE_BALLOT: ofVoted,
  },
  decision: { ISSUE: () => ({ number: nextNumber(), date: '2018-01-02' }) },
};

/** Sending an event to a case, with a valid payload. */
export function eventAction(collection: Collection, workflow: WorkflowName, type: string): Action {
  const [sample = {}] = payloads[workflow][type] ?? [];
  const payload = FITTING[workflow]?.[type] ?? (() => sample);
  return {
    method: 'post',
    path: `/${collection}/{id}/events`,
    body: (call) => ({ type, ...payload(call) }),
  };
}
