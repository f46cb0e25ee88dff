import { describe, expect, test } from '@jest/globals';
import { baseOf, presentOf, rollOf, scorersOf } from '../../../services/council/entitlement.ts';
import { quorumSeats } from '../../../services/council/quorumSeats.ts';
import { voteRule } from '../../support/councilRules.ts';

// Five members: two absent, one not recorded; m2 (there) and m4 (absent) have stepped aside.
const seats = [
  { id: 'm1', present: true },
  { id: 'm2', present: true },
  { id: 'm3', present: null },
  { id: 'm4', present: false },
  { id: 'm5', present: true },
];
const recused = ['m2', 'm4'];

describe('who may act on a case', () => {
  test('only those who are recorded as there are present', () => {
    expect(presentOf(seats)).toBe(3);
  });

  test('those who are there and have not stepped aside may score', () => {
    expect(scorersOf(seats, recused)).toEqual(['m1', 'm5']);
  });

  test('the roll holds the absent only where the rule asks them in writing, and never the recused', () => {
    expect(rollOf(voteRule({ absent: 'notCounted' }), seats, recused)).toEqual(['m1', 'm5']);
    expect(rollOf(voteRule({ absent: 'written' }), seats, recused)).toEqual(['m1', 'm3', 'm5']);
  });

  test.each([
    ['allMembers', 'keepsBase', 5],
    ['allMembers', 'leavesBase', 3],
    ['present', 'keepsBase', 3],
    ['present', 'leavesBase', 2],
  ] as const)('the base %s with a recusal that %s is %i', (base, recusal, expected) => {
    expect(baseOf(voteRule({ base, recusal }), seats, recused)).toBe(expected);
  });
});

describe('the seats that a quorum needs', () => {
  const quorum = { num: 2, den: 3 };

  test('are those of the strictest rule, rounded up to whole members', () => {
    expect(quorumSeats([{ quorum, vote: null }], 13)).toBe(9);
    expect(
      quorumSeats(
        [
          { quorum, vote: null },
          { quorum, vote: voteRule({ quorum: { num: 3, den: 4 } }) },
        ],
        13,
      ),
    ).toBe(10);
  });

  test('are none to speak of without cases', () => {
    expect(quorumSeats([], 13)).toBeNull();
  });
});
