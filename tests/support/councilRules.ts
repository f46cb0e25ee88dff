import type { CouncilSheetRule, CouncilVoteRule } from '../../services/rules/routeRule.ts';

const source = { basis: 'Quy tắc thử nghiệm', standing: 'toConfirm' as const };

/** A council sheet of two criteria, 60 and 40 points, that asks for nine scorers and 80 percent. */
export function sheetRule(overrides: Partial<CouncilSheetRule> = {}): CouncilSheetRule {
  return {
    criteria: [
      { code: 'A', name: { vi: 'Kết quả', en: 'Results' }, maxPoints: '60' },
      { code: 'B', name: { vi: 'Đoàn kết', en: 'Unity' }, maxPoints: '40' },
    ],
    aggregate: 'mean',
    minScorers: 9,
    minPercent: '80',
    ...source,
    ...overrides,
  };
}

/** An open vote of four fifths of all members, at a quorum of two thirds; the absent are not asked. */
export function voteRule(overrides: Partial<CouncilVoteRule> = {}): CouncilVoteRule {
  return {
    method: 'open',
    recusal: 'keepsBase',
    rounds: 1,
    base: 'allMembers',
    minimum: { num: 4, den: 5 },
    quorum: { num: 2, den: 3 },
    absent: 'notCounted',
    ...source,
    ...overrides,
  };
}
