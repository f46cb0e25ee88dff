import type { DecisionCandidate } from '../../db/views/decisionCandidates.ts';
import { newest } from '../../workflows/registry.ts';
import type { Text } from '../errors.ts';

export const UNKNOWN_CASE: Text = { vi: 'Không tìm thấy hồ sơ.', en: 'There is no such case.' };
export const UNKNOWN_AWARD: Text = {
  vi: 'Không tìm thấy trong Sổ vàng.',
  en: 'The golden book has no such award.',
};
export const TWICE: Text = { vi: 'Bị liệt kê hai lần.', en: 'Listed twice.' };

/** What the database says is missing, in words for people. */
const MISSING: Readonly<Record<string, Text>> = {
  'award rule': { vi: 'quy định về hình thức khen thưởng', en: 'the rule of its award' },
  'cluster vote': { vi: 'kết quả suy tôn của cụm, khối', en: 'the vote of its cluster' },
  'council scores': { vi: 'kết quả chấm điểm của Hội đồng', en: 'the scores of the council' },
  'council vote': { vi: 'kết quả biểu quyết của Hội đồng', en: 'the vote of the council' },
};

/** Why this case cannot stand in an award decision, or null. A draft is its unit's and nobody else's to know of. */
export function faultOfCase({ state, missing, higher, listed_in }: DecisionCandidate): Text | null {
  if (state === 'draft') return UNKNOWN_CASE;
  if (state !== 'awaitingDecision') return wrongState(state);
  if (missing !== null) {
    const what = MISSING[missing] ?? { vi: missing, en: missing };
    return { vi: `Hồ sơ còn thiếu ${what.vi}.`, en: `The case lacks ${what.en}.` };
  }
  if (higher) {
    return {
      vi: 'Hình thức khen thưởng này do cấp trên quyết định.',
      en: 'A higher authority decides on this award.',
    };
  }
  return alreadyListed(listed_in);
}

/**
 * Why this award cannot be taken back or corrected here, or null. The authority that conferred an award is the
 * one to cancel it (Law 06/2022/QH15 art. 93.8); the paper of another authority is not ours to correct either.
 */
export function faultOfAward({ state, revoked, higher, listed_in }: DecisionCandidate): Text | null {
  if (revoked || state !== 'awarded') {
    return { vi: 'Khen thưởng này đã bị thu hồi.', en: 'This award has been revoked.' };
  }
  if (higher) {
    return {
      vi: 'Chỉ cấp đã quyết định khen thưởng mới được hủy bỏ hoặc đính chính.',
      en: 'Only the authority that conferred the award may revoke or correct it.',
    };
  }
  return alreadyListed(listed_in);
}

function wrongState(state: string): Text {
  const label = newest('nomination').states[state]?.label ?? { vi: state, en: state };
  return {
    vi: `Hồ sơ đang ở bước "${label.vi}", chưa chờ quyết định.`,
    en: `The case is in the state "${label.en}", not awaiting a decision.`,
  };
}

function alreadyListed(title: string | null): Text | null {
  if (title === null) return null;
  return {
    vi: `Đã nằm trong một quyết định chưa ban hành: "${title}".`,
    en: `Already listed in an unfinished decision: "${title}".`,
  };
}
