import { z } from 'zod';
import { clusterChoices, councilFailures } from '../effects.ts';
import { day, id, line, nothing, reason, text } from '../fields.ts';

/** The words and shapes of the nomination workflow, version 1; the machine is in v1.ts. */
export const states = {
  draft: { label: { vi: 'Đang lập hồ sơ', en: 'Draft' } },
  clusterReview: { label: { vi: 'Cụm, khối bình xét', en: 'Cluster review' } },
  supplement: { label: { vi: 'Yêu cầu bổ sung', en: 'Supplement asked for' } },
  appraisal: { label: { vi: 'Đang thẩm định', en: 'Appraisal' } },
  councilReview: { label: { vi: 'Trình Hội đồng', en: 'Before the council' } },
  awaitingDecision: { label: { vi: 'Chờ quyết định', en: 'Awaiting the decision' } },
  awaitingHigherDecision: { label: { vi: 'Đã trình cấp trên', en: 'Forwarded to the higher level' } },
  onHold: { label: { vi: 'Tạm dừng xét', en: 'On hold' } },
  awarded: { label: { vi: 'Đã khen thưởng', en: 'Awarded' }, finished: true },
  declined: { label: { vi: 'Cụm, khối không suy tôn', en: 'Declined by the cluster' }, finished: true },
  ineligible: { label: { vi: 'Không đủ điều kiện', en: 'Ineligible' }, finished: true },
  notApproved: { label: { vi: 'Không được thông qua', en: 'Not approved' }, finished: true },
  withdrawn: { label: { vi: 'Đã rút hồ sơ', en: 'Withdrawn' }, finished: true },
  revoked: { label: { vi: 'Đã thu hồi', en: 'Revoked' }, finished: true },
} as const;

const decisionId = id('Quyết định', 'Decision');
const nominationId = id('Hồ sơ', 'Case');

export const events = {
  SUBMIT: { label: { vi: 'Trình hồ sơ', en: 'Submit' }, payload: nothing },
  CAST_CLUSTER_VOTE: {
    label: { vi: 'Bỏ phiếu suy tôn', en: 'Cast the cluster vote' },
    payload: nothing.extend({
      choice: z.enum(clusterChoices).meta({ title: 'Ý kiến', titleEn: 'Choice' }),
      reason: reason.optional(),
    }),
  },
  CLOSE_CLUSTER_REVIEW: {
    label: { vi: 'Kết thúc bình xét', en: 'Close the cluster review' },
    payload: nothing,
  },
  RETURN: {
    label: { vi: 'Trả lại, yêu cầu bổ sung', en: 'Return for a supplement' },
    payload: nothing.extend({
      reason,
      items: z
        .array(line('Nội dung cần bổ sung', 'Item', 500))
        .max(50)
        .meta({ title: 'Các nội dung cần bổ sung', titleEn: 'Items to supplement' })
        .optional(),
    }),
  },
  RESUBMIT: { label: { vi: 'Trình lại', en: 'Resubmit' }, payload: nothing },
  PASS_APPRAISAL: {
    label: { vi: 'Xác nhận đủ điều kiện', en: 'Pass the appraisal' },
    payload: nothing.extend({ summary: text('Ý kiến thẩm định', 'Appraisal summary').optional() }),
  },
  FAIL_APPRAISAL: {
    label: { vi: 'Kết luận không đủ điều kiện', en: 'Fail the appraisal' },
    payload: nothing.extend({ reason }),
  },
  COUNCIL_PASSED: {
    label: { vi: 'Hội đồng thông qua', en: 'The council approves' },
    payload: nothing.extend({ nominationId }),
    system: true,
  },
  COUNCIL_FAILED: {
    label: { vi: 'Hội đồng không thông qua', en: 'The council does not approve' },
    payload: nothing.extend({
      nominationId,
      reason: z.enum(councilFailures).meta({ title: 'Lý do', titleEn: 'Reason' }),
    }),
    system: true,
  },
  AWARD: {
    label: { vi: 'Khen thưởng', en: 'Award' },
    payload: nothing.extend({ decisionId }),
    system: true,
  },
  FORWARD: {
    label: { vi: 'Trình cấp trên', en: 'Forward to the higher level' },
    payload: nothing.extend({
      letterNumber: line('Số tờ trình', 'Number of the letter', 100),
      letterDate: day('Ngày tờ trình', 'Date of the letter'),
    }),
  },
  RECORD_HIGHER_DECISION: {
    label: { vi: 'Ghi nhận kết quả của cấp trên', en: 'Record the higher decision' },
    payload: nothing.extend({
      granted: z.enum(['yes', 'no']).meta({ title: 'Được khen thưởng', titleEn: 'Granted' }),
      authority: line('Cơ quan quyết định', 'Deciding authority'),
      number: line('Số văn bản', 'Document number', 100),
      date: day('Ngày văn bản', 'Document date'),
      reason: reason.optional(),
    }),
  },
  HOLD: { label: { vi: 'Tạm dừng xét', en: 'Hold' }, payload: nothing.extend({ reason }) },
  RELEASE: {
    label: { vi: 'Tiếp tục xét', en: 'Release' },
    payload: nothing.extend({ reason: reason.optional() }),
  },
  WITHDRAW: { label: { vi: 'Rút hồ sơ', en: 'Withdraw' }, payload: nothing.extend({ reason }) },
  REVOKE: {
    label: { vi: 'Thu hồi', en: 'Revoke' },
    payload: nothing.extend({ decisionId }),
    system: true,
  },
} as const;

export const facts = {
  documentsComplete: { vi: 'Hồ sơ đủ thành phần theo quy định', en: 'All required documents are there' },
  // The route was pinned when the draft was begun; the law asks which rule is in force on the day of reception.
  ruleInForce: {
    vi: 'Quy định dùng để lập hồ sơ còn hiệu lực',
    en: 'The rules that it was drafted under are in force',
  },
  notYetVoted: { vi: 'Đơn vị chưa bỏ phiếu cho hồ sơ này', en: 'The unit has not voted on this case yet' },
  clusterVoteClosable: {
    vi: 'Các thành viên đã bỏ phiếu đủ, hoặc đã hết hạn bình xét',
    en: 'The members have voted, or the review has run out of time',
  },
  clusterVotePassed: {
    vi: 'Đạt tỷ lệ suy tôn theo quy định',
    en: 'The required share of the cluster agrees',
  },
  appraisalReady: {
    vi: 'Đã có đủ căn cứ để kết luận thẩm định',
    en: 'All that the appraisal rests on is there',
  },
};

export const terms = {
  'route.clusterVote': { vi: 'qua bình xét của cụm, khối', en: 'goes through the cluster' },
  'route.council': { vi: 'qua Hội đồng', en: 'goes through the council' },
  'route.higher': { vi: 'thuộc thẩm quyền cấp trên', en: 'decided at the higher level' },
  returnTo: { vi: 'nơi yêu cầu', en: 'asked for by' },
  heldFrom: { vi: 'dừng khi', en: 'held in' },
  granted: { vi: 'được khen thưởng', en: 'granted' },
  'granted.yes': { vi: 'có', en: 'yes' },
  'granted.no': { vi: 'không', en: 'no' },
};

const routeSchema = z.strictObject({ clusterVote: z.boolean(), council: z.boolean(), higher: z.boolean() });

export const contextSchema = z.strictObject({
  route: routeSchema,
  returnTo: z.enum(['clusterReview', 'appraisal']).nullable(),
  heldFrom: z
    .enum(['clusterReview', 'appraisal', 'councilReview', 'awaitingDecision', 'awaitingHigherDecision'])
    .nullable(),
});

export const inputSchema = z.strictObject({ route: routeSchema });
