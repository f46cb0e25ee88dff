import type { DeadlineKind, Party } from '../../workflows/effects.ts';
import type { Text } from '../../workflows/workflow.ts';

/** What is owed, as it stands in a list of tasks. */
export const deadlineLabels: Readonly<Record<DeadlineKind, Text>> = {
  registrationReview: { vi: 'Xem xét đăng ký thi đua', en: 'Review the registration' },
  selfScoring: { vi: 'Tự chấm điểm', en: 'Score your own unit' },
  crossScoring: { vi: 'Chấm điểm chéo', en: 'Score the other units' },
  explanation: { vi: 'Giải trình điểm', en: 'Explain marked-down criteria' },
  verification: { vi: 'Thẩm định điểm', en: 'Verify the scores' },
  clusterReview: { vi: 'Lấy phiếu suy tôn', en: 'Hold the cluster vote' },
  supplement: { vi: 'Bổ sung hồ sơ', en: 'Supplement the dossier' },
  appraisal: { vi: 'Thẩm định hồ sơ', en: 'Appraise the dossier' },
  decision: { vi: 'Lập quyết định', en: 'Prepare the decision' },
  minutes: { vi: 'Hoàn thành biên bản họp', en: 'Complete the minutes' },
  signature: { vi: 'Ký quyết định', en: 'Sign the decision' },
  issue: { vi: 'Ban hành quyết định', en: 'Issue the decision' },
};

/** Who owes something, where it is no single unit. */
export const partyLabels: Readonly<Record<Party, Text>> = {
  unit: { vi: 'đơn vị', en: 'the unit' },
  clusterLead: { vi: 'trưởng cụm, khối', en: 'the cluster’s lead' },
  eachMember: { vi: 'các đơn vị thành viên', en: 'each member unit' },
  allUnits: { vi: 'tất cả đơn vị', en: 'all units' },
  appraiser: { vi: 'chuyên viên thẩm định', en: 'the appraiser' },
  agencyHead: { vi: 'lãnh đạo cơ quan thường trực', en: 'the head of the standing agency' },
  recordsClerk: { vi: 'văn thư cơ quan thường trực', en: 'the records clerk' },
  councilSecretary: { vi: 'thư ký Hội đồng', en: 'the council’s secretary' },
  councilMembers: { vi: 'thành viên Hội đồng', en: 'the council’s members' },
  chairman: { vi: 'Chủ tịch Ủy ban nhân dân tỉnh', en: 'the chairman' },
  issuingClerk: { vi: 'văn thư Văn phòng Ủy ban nhân dân tỉnh', en: 'the issuing clerk' },
};

const WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'];

/** 2018-01-12 as `12/01/2018`. */
export function shortDate(day: string): string {
  return day.split('-').reverse().join('/');
}

/** 2018-01-12 as `thứ Sáu 12/01/2018`. */
export function longDate(day: string): string {
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
  return `${weekday} ${shortDate(day)}`;
}

/** How long there is, in working days from today to the due day; negative: overdue. */
export function timeLeft(workingDays: number): string {
  if (workingDays === 0) return 'đến hạn hôm nay';
  return workingDays > 0 ? `còn ${workingDays} ngày làm việc` : `quá hạn ${-workingDays} ngày làm việc`;
}
