import { newest } from '../../workflows/registry.ts';
import { grant, unitGrants, type Grant, type Policy } from '../workflow/policy.ts';

const STATES = Object.keys(newest('nomination').states);
const allBut = (...left: string[]) => STATES.filter((state) => !left.includes(state));

const received = allBut('draft');
const council = [
  'councilReview',
  'awaitingDecision',
  'awaitingHigherDecision',
  'awarded',
  'notApproved',
  'revoked',
  'onHold',
];

/** The states in which the unit still works on its dossier. */
export const DRAFTING: readonly string[] = ['draft', 'supplement'];

const standingAgency: Grant[] = [grant('appraiser'), grant('agencyHead')];

/** Who may do what with a nomination. A lead never acts on its own unit's case: there the deputy does. */
export const nominationPolicy: Policy = {
  view: [
    ...unitGrants('own'),
    ...unitGrants('clusterMember', ['clusterReview']),
    ...unitGrants('clusterLead', allBut('draft', 'withdrawn')),
    grant('appraiser', 'any', received),
    grant('agencyHead', 'any', received),
    grant('recordsClerk', 'any', received),
    grant('chairman', 'any', received),
    grant('issuingClerk', 'any', received),
    grant('inspector', 'any', received),
    grant('councilSecretary', 'any', council),
    grant('councilMember', 'any', council),
  ],
  create: unitGrants('own'),
  edit: unitGrants('own', DRAFTING),
  addDocument: unitGrants('own', DRAFTING),
  SUBMIT: [grant('unitLeader', 'own')],
  RESUBMIT: [grant('unitLeader', 'own')],
  WITHDRAW: [grant('unitLeader', 'own')],
  CAST_CLUSTER_VOTE: unitGrants('clusterMember', ['clusterReview']),
  CLOSE_CLUSTER_REVIEW: unitGrants('clusterLead'),
  RETURN: [
    ...unitGrants('clusterLead', ['clusterReview']),
    grant('appraiser', 'any', ['appraisal']),
    grant('agencyHead', 'any', ['appraisal']),
  ],
  PASS_APPRAISAL: standingAgency,
  FAIL_APPRAISAL: standingAgency,
  HOLD: standingAgency,
  RELEASE: standingAgency,
  FORWARD: [grant('chairman'), grant('issuingClerk')],
  RECORD_HIGHER_DECISION: [grant('recordsClerk')],
  /** Reads whose vote was which once the cluster review is closed, and before that who has voted. */
  seeVoters: [...unitGrants('clusterLead'), ...standingAgency, grant('inspector')],
};
