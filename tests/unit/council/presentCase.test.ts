import { describe, expect, test } from '@jest/globals';
import { presentCase, scoringReason } from '../../../services/council/presentCase.ts';
import { sheetRule, voteRule } from '../../support/councilRules.ts';
import { agendaCaseOf, ballotOf, membersOf, sessionOf } from '../../support/councilSession.ts';

const sheets = [
  { member_id: 'm1', points: { A: '10', B: '20' }, handed_in: true },
  { member_id: 'm2', points: { A: '7.5' }, handed_in: false },
];

describe('what a member sees of a case', () => {
  const open = agendaCaseOf({ sheet_rule: sheetRule(), scoring: 'open', sheets });
  const session = sessionOf(membersOf(3), [open]);

  test('before the close is one’s own sheet and how many have handed in, nothing more', () => {
    const { scoring } = presentCase(session, open, 'm2');
    expect(scoring).toEqual({
      stage: 'open',
      rule: sheetRule(),
      eligible: 3,
      handedIn: 1,
      awaiting: ['m2', 'm3'],
      mayScore: true,
      ownSheet: { points: { A: '7.5' }, handedIn: false },
      result: null,
      sheets: null,
    });
    expect(JSON.stringify(presentCase(session, open, 'm3'))).not.toContain('7.5');
    expect(presentCase(session, open, null).scoring).toMatchObject({ mayScore: false, ownSheet: null });
  });

  test('after the close are the sheets that were handed in, unless the vote is secret', () => {
    const closed = { ...open, scoring: 'passed' as const, scoring_result: { status: 'passed' } };
    expect(presentCase(session, closed, null).scoring?.sheets).toEqual([
      { memberId: 'm1', points: { A: '10', B: '20' } },
    ]);
    const secret = { ...closed, vote_rule: voteRule({ method: 'secret' }) };
    expect(presentCase(session, secret, null).scoring?.sheets).toBeNull();
  });

  test('is not even one’s own sheet where the vote is secret: an answer may be kept', () => {
    const secret = { ...open, vote_rule: voteRule({ method: 'secret' }) };
    expect(presentCase(session, secret, 'm1').scoring?.ownSheet).toBeNull();
  });

  test('of an open ballot is who has still to vote and one’s own choice, never how others voted', () => {
    const voting = agendaCaseOf({
      vote_rule: voteRule(),
      ballot_stage: 'open',
      ballot: ballotOf(['m1', 'm2', 'm3'], 3, ['no']),
    });
    expect(presentCase(session, voting, 'm2').ballot).toMatchObject({
      votesCast: 1,
      awaiting: ['m2', 'm3'],
      mayVote: true,
      ownChoice: null,
      result: null,
      votes: null,
    });
    expect(presentCase(session, voting, 'm1').ballot).toMatchObject({ mayVote: false, ownChoice: 'no' });
  });

  test('before the ballot are base and votes needed as they would be now', () => {
    const waiting = agendaCaseOf({ vote_rule: voteRule(), ballot_stage: 'waiting' });
    expect(presentCase(sessionOf(membersOf(13, 10), [waiting]), waiting, null).ballot).toMatchObject({
      fixed: false,
      base: 13,
      needed: 11,
      rollSize: 10,
      refusal: null,
    });
  });

  test.each([
    ['secret', 'Bỏ phiếu kín chưa được hỗ trợ'],
    ['written', 'Biểu quyết hoàn toàn bằng văn bản chưa được hỗ trợ'],
  ] as const)('of a %s ballot is why it cannot be held here', (method, words) => {
    const each = agendaCaseOf({ vote_rule: voteRule({ method }), ballot_stage: 'waiting' });
    expect(presentCase(session, each, null).ballot?.refusal?.vi).toContain(words);
  });
});

describe('why scores did not do', () => {
  const result = {
    status: 'belowMinimum' as const,
    scorers: 9,
    criteria: [],
    total: '79.5',
    maxPoints: '100',
    minimum: '80',
    minPercent: '80',
    minScorers: 9,
  };

  test('is said with the figures', () => {
    expect(scoringReason(result)?.vi).toBe('Đạt 79,5/100 điểm, chưa tới mức tối thiểu 80% (80 điểm).');
    expect(scoringReason({ ...result, status: 'tooFewScorers', scorers: 8 })?.vi).toBe(
      'Chỉ có 8 phiếu điểm hợp lệ, cần ít nhất 9.',
    );
    expect(scoringReason({ ...result, status: 'passed' })).toBeNull();
  });
});
