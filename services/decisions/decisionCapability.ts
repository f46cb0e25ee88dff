import { readDecisionCases, readListedDecisions, type DecisionCase } from '../../db/views/decisionCases.ts';
import { ROLES } from '../accounts/actor.ts';
import type { Capability } from '../workflow/capability.ts';
import { grant, type Grant } from '../workflow/policy.ts';
import { itemsOf } from './itemsOf.ts';
import { presentDecision, presentDecisionWords } from './presentDecision.ts';
import { recordDecision } from './recordDecision.ts';

const drafters: Grant[] = [grant('recordsClerk'), grant('appraiser'), grant('agencyHead')];

/** Decisions: drafted by the standing agency, signed by the chairman, issued by the clerk; then for all to see. */
export const decisionCapability: Capability<DecisionCase> = {
  workflow: 'decision',
  collection: 'decisions',
  policy: {
    view: [
      ...drafters,
      grant('chairman'),
      grant('issuingClerk'),
      grant('inspector'),
      ...ROLES.map((role) => grant(role, 'any', ['issued'])),
    ],
    create: drafters,
    setItems: drafters,
    SUBMIT_FOR_SIGNATURE: [grant('agencyHead')],
    RETURN: [grant('chairman')],
    SIGN: [grant('chairman')],
    ISSUE: [grant('issuingClerk')],
    DISCARD: [grant('recordsClerk'), grant('agencyHead')],
  },
  readCases: (db, ids) => readDecisionCases(db, ids),
  readListed: (db, ids) => readListedDecisions(db, ids),
  facts: ({ item_count: items, unready_count: unready }) => ({
    hasItems: items > 0,
    itemsReady: unready === 0,
  }),
  related: (row) => itemsOf(row).map(({ nomination_id }) => nomination_id),
  record: recordDecision,
  present: presentDecision,
  presentDetail: presentDecisionWords,
};
