import type { Stride } from '../walkedCases.ts';

interface Route {
  clusterVote: boolean;
  council: boolean;
  higher: boolean;
}

/** The award, its route in the pack, and the events that lead a nomination for it to a state. */
export interface NominationWay {
  awardCode: string;
  subjectType: 'individual' | 'collective';
  route: Route;
  strides: Stride[];
}

const SUBMIT: Stride = { type: 'SUBMIT' };
const PASS: Stride = { type: 'PASS_APPRAISAL' };
const reason = 'Vì có căn cứ mới';

/** By the cluster's vote and then the council. */
const voted = (...strides: Stride[]): NominationWay => ({
  awardCode: 'provincial_emulation_flag',
  subjectType: 'collective',
  route: { clusterVote: true, council: true, higher: false },
  strides,
});

/** Straight from the appraisal to the decision. */
const plain = (...strides: Stride[]): NominationWay => ({
  awardCode: 'merit_certificate_province',
  subjectType: 'individual',
  route: { clusterVote: false, council: false, higher: false },
  strides,
});

/** The council scores and does not vote. */
export const scoredOnly = (...strides: Stride[]): NominationWay => ({
  awardCode: 'excellent_labour_collective',
  subjectType: 'collective',
  route: { clusterVote: false, council: true, higher: false },
  strides,
});

/** The council votes openly and does not score; the higher level decides. */
export const votedOnly = (...strides: Stride[]): NominationWay => ({
  awardCode: 'government_emulation_flag',
  subjectType: 'collective',
  route: { clusterVote: false, council: true, higher: true },
  strides,
});

export const BEFORE_COUNCIL: Stride[] = [SUBMIT, PASS];

const forwarded: Stride[] = [
  ...BEFORE_COUNCIL,
  { type: 'COUNCIL_PASSED' },
  { type: 'FORWARD', payload: { letterNumber: '12/TTr-UBND', letterDate: '2018-01-02' } },
];

/** A way to each state (and variant of it). What is awarded or revoked goes on from there by decisions. */
export const NOMINATION_WAYS: Record<string, NominationWay> = {
  draft: voted(),
  clusterReview: voted(SUBMIT),
  supplement: voted(SUBMIT, { type: 'RETURN', payload: { reason } }),
  declined: voted(SUBMIT, { type: 'CLOSE_CLUSTER_REVIEW', not: ['clusterVotePassed'] }),
  appraisal: plain(SUBMIT),
  onHold: plain(SUBMIT, { type: 'HOLD', payload: { reason } }),
  ineligible: plain(SUBMIT, { type: 'FAIL_APPRAISAL', payload: { reason } }),
  withdrawn: plain(SUBMIT, { type: 'WITHDRAW', payload: { reason } }),
  councilReview: scoredOnly(...BEFORE_COUNCIL),
  notApproved: scoredOnly(...BEFORE_COUNCIL, {
    type: 'COUNCIL_FAILED',
    payload: { reason: 'belowMinimumScore' },
  }),
  awaitingDecision: plain(SUBMIT, PASS),
  'awaitingDecision higher': votedOnly(...forwarded.slice(0, -1)),
  awaitingHigherDecision: votedOnly(...forwarded),
  awarded: plain(SUBMIT, PASS),
  revoked: plain(SUBMIT, PASS),
};
