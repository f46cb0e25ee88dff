import type { WorkflowName } from '../../workflows/workflow.ts';

export const someNomination = '0192e4a0-0000-7000-8000-000000000001';
export const someDecision = '0192e4a0-0000-7000-8000-000000000002';

const reason = 'Vì có căn cứ mới';

/** Valid payloads of every event: one, or one for each way that a guard looks at the payload. */
export const payloads: Record<WorkflowName, Record<string, object[]>> = {
  movement: {
    LAUNCH: [{}],
    OPEN_MIDTERM_REVIEW: [{}],
    CLOSE_MIDTERM_REVIEW: [{ summary: 'Đạt kế hoạch' }],
    OPEN_FINAL_REVIEW: [{}],
    CONCLUDE: [{ summary: 'Đạt kế hoạch' }],
    CANCEL: [{ reason }],
  },
  registration: { SUBMIT: [{}], ACCEPT: [{}], RETURN: [{ reason }], WITHDRAW: [{ reason }] },
  scoringRound: {
    OPEN: [{}],
    CLOSE_SELF_SCORING: [{}],
    CLOSE_CROSS_SCORING: [{}],
    CLOSE_EXPLANATION: [{}],
    FINALIZE: [{}],
    REOPEN: [
      { reason, to: 'selfScoring' },
      { reason, to: 'crossScoring' },
      { reason, to: 'explanation' },
      { reason, to: 'verification' },
    ],
  },
  nomination: {
    SUBMIT: [{}],
    CAST_CLUSTER_VOTE: [{ choice: 'yes' }, { choice: 'no', reason }],
    CLOSE_CLUSTER_REVIEW: [{}],
    RETURN: [{ reason, items: ['Báo cáo thành tích'] }],
    RESUBMIT: [{}],
    PASS_APPRAISAL: [{ summary: 'Đủ điều kiện' }],
    FAIL_APPRAISAL: [{ reason }],
    COUNCIL_PASSED: [{ nominationId: someNomination }],
    COUNCIL_FAILED: [
      { nominationId: someNomination, reason: 'belowMinimumScore' },
      { nominationId: someNomination, reason: 'shareOfVotesMissed' },
    ],
    AWARD: [{ decisionId: someDecision }],
    FORWARD: [{ letterNumber: '12/TTr-UBND', letterDate: '2018-11-05' }],
    RECORD_HIGHER_DECISION: [
      { granted: 'yes', authority: 'Chủ tịch nước', number: '7/QĐ-CTN', date: '2018-12-20' },
      { granted: 'no', authority: 'Chủ tịch nước', number: '8/TB', date: '2018-12-20', reason },
    ],
    HOLD: [{ reason }],
    RELEASE: [{ reason }],
    WITHDRAW: [{ reason }],
    REVOKE: [{ decisionId: someDecision }],
  },
  councilSession: {
    CONVENE: [{ date: '2018-11-20', place: 'Phòng họp số 1' }],
    OPEN: [{}],
    OPEN_SCORING: [{ nominationId: someNomination }],
    CLOSE_SCORING: [{ nominationId: someNomination }],
    OPEN_BALLOT: [{ nominationId: someNomination, reason }],
    CLOSE_BALLOT: [
      { nominationId: someNomination },
      { nominationId: someNomination, chairOrder: 'Kết thúc lúc 11 giờ' },
    ],
    ADJOURN: [{}],
    SIGN_MINUTES: [{}],
    CANCEL: [{ reason }],
  },
  decision: {
    SUBMIT_FOR_SIGNATURE: [{}],
    RETURN: [{ reason }],
    SIGN: [{ signatory: 'Nguyễn Văn A', capacity: 'CHỦ TỊCH' }],
    ISSUE: [{ number: '1234/QĐ-UBND', date: '2018-12-28' }],
    DISCARD: [{ reason }],
  },
};

const onOff = [false, true];

/** Every input that makes a difference to the paths of a workflow. */
export const inputs: Record<WorkflowName, object[]> = {
  movement: [{}],
  registration: [{}],
  scoringRound: [{}],
  nomination: onOff.flatMap((clusterVote) =>
    onOff.flatMap((council) => onOff.map((higher) => ({ route: { clusterVote, council, higher } }))),
  ),
  councilSession: [{}],
  decision: ['award', 'revocation', 'correction'].map((kind) => ({ decisionId: someDecision, kind })),
};
