import { readMovementCases, type MovementCase } from '../../db/views/movementCases.ts';
import type { Capability } from '../workflow/capability.ts';
import { grant, unitGrants, type Grant } from '../workflow/policy.ts';

const standingAgency: Grant[] = [grant('agencyHead'), grant('appraiser')];
const afterLaunch = ['running', 'midtermReview', 'finalReview', 'concluded', 'cancelled'];

/** Movements: launched for the province, so everybody sees them once launched. */
export const movementCapability: Capability<MovementCase> = {
  workflow: 'movement',
  collection: 'movements',
  policy: {
    view: [
      ...standingAgency,
      grant('chairman'),
      grant('inspector'),
      grant('recordsClerk', 'any', afterLaunch),
      grant('councilSecretary', 'any', afterLaunch),
      grant('councilMember', 'any', afterLaunch),
      grant('issuingClerk', 'any', afterLaunch),
      grant('administrator', 'any', afterLaunch),
      ...unitGrants('any', afterLaunch),
    ],
    create: standingAgency,
    LAUNCH: [grant('chairman')],
    OPEN_MIDTERM_REVIEW: standingAgency,
    CLOSE_MIDTERM_REVIEW: standingAgency,
    OPEN_FINAL_REVIEW: standingAgency,
    CONCLUDE: [grant('chairman')],
    CANCEL: [grant('chairman')],
  },
  readCases: (db, ids) => readMovementCases(db, ids),
  facts: ({ targets, contents }) => ({ planComplete: targets.length > 0 && contents.length > 0 }),
  related: () => [],
  record: () => Promise.resolve(),
  present: ({ movement, targets, contents }) => ({
    title: movement.title,
    kind: movement.kind,
    planNumber: movement.plan_number,
    planDate: movement.plan_date,
    issuer: movement.issuer,
    theme: movement.theme,
    goal: movement.goal,
    periodFrom: movement.period_from,
    periodTo: movement.period_to,
    standingAgencyId: movement.standing_agency_id,
    focalAgencyId: movement.focal_agency_id,
    targets: targets.map(({ indicator, place, measure, direction, low, high, source }) => ({
      indicator,
      place,
      measure,
      direction,
      low,
      high,
      source,
    })),
    contents: contents.map(({ ordinal, text, groups }) => ({ ordinal, text, groups })),
  }),
};
