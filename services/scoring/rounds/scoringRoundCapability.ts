import { readScoringRoundCases, type ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import type { Capability } from '../../workflow/capability.ts';
import { grant, unitGrants } from '../../workflow/policy.ts';
import { recordRoundResult } from './recordRoundResult.ts';
import { roundFacts } from './roundFacts.ts';
import { presentRound, presentRoundWords } from './presentRound.ts';

const standingAgency = [grant('appraiser'), grant('agencyHead')];
const leadOrAgency = [...unitGrants('clusterLead'), ...standingAgency];
const opened = ['selfScoring', 'crossScoring', 'explanation', 'verification', 'finalized'];

/** Scoring rounds: a cluster's, with no unit of their own, so the lead acts on them like the deputy. */
export const scoringRoundCapability: Capability<ScoringRoundCase> = {
  workflow: 'scoringRound',
  collection: 'scoring-rounds',
  policy: {
    view: [
      ...unitGrants('anyMember'),
      ...unitGrants('assessor', opened),
      ...standingAgency,
      grant('chairman'),
      grant('inspector'),
    ],
    create: standingAgency,
    OPEN: leadOrAgency,
    CLOSE_SELF_SCORING: leadOrAgency,
    CLOSE_CROSS_SCORING: leadOrAgency,
    CLOSE_EXPLANATION: leadOrAgency,
    FINALIZE: standingAgency,
    REOPEN: [grant('agencyHead')],
    scoreSelf: unitGrants('anyMember', ['selfScoring']),
    scoreCluster: unitGrants('anyMember', ['crossScoring']),
    scoreDepartment: unitGrants('assessor', ['crossScoring']),
    scoreVerified: [
      grant('appraiser', 'any', ['verification']),
      grant('agencyHead', 'any', ['verification']),
    ],
    setKnockouts: [grant('appraiser', 'any', ['verification']), grant('agencyHead', 'any', ['verification'])],
  },
  readCases: readScoringRoundCases,
  readsDeadlines: true,
  facts: (row, _payload, _viewer, { today }) => roundFacts(row, today),
  related: () => [],
  record: recordRoundResult,
  present: presentRound,
  presentDetail: presentRoundWords,
};
