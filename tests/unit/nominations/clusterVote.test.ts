import { describe, expect, test } from '@jest/globals';
import { tallyClusterVote } from '../../../services/nominations/clusterVote.ts';
import type { ClusterVoteRule } from '../../../services/rules/routeRule.ts';

const rule: ClusterVoteRule = {
  method: 'open',
  ownUnit: 'excluded',
  base: 'allMembers',
  minimum: { num: 2, den: 3 },
  quorum: { num: 1, den: 2 },
  absent: 'notCounted',
  basis: 'thử',
  standing: 'toConfirm',
};

const members = (count: number) => Array.from({ length: count }, (_, index) => `unit-${index}`);
const votes = (choices: string) =>
  Array.from(choices).map((letter, index) => ({
    unit_id: `unit-${index}`,
    choice: letter === 'y' ? ('yes' as const) : letter === 'n' ? ('no' as const) : ('abstain' as const),
  }));
const tally = (changes: Partial<ClusterVoteRule>, count: number, choices: string, own = 'nobody') =>
  tallyClusterVote({ ...rule, ...changes }, own, members(count), votes(choices));

describe('a cluster’s vote', () => {
  test.each([
    [9, 'yyyyyy', 6, true],
    [9, 'yyyyynnnn', 6, false],
    [9, 'yyyyyaaaa', 6, false],
    [10, 'yyyyyy', 7, false],
    [10, 'yyyyyyy', 7, true],
    [1, 'y', 1, true],
  ])('of %i members with %s needs %i and passes: %p', (count, choices, needed, passes) => {
    expect(tally({}, count, choices)).toMatchObject({ base: count, needed, passes });
  });

  test('over those who voted takes them as the base, and fails without a quorum', () => {
    expect(tally({ base: 'present' }, 9, 'yyyyn')).toMatchObject({
      base: 5,
      needed: 4,
      quorum: 5,
      passes: true,
    });
    expect(tally({ base: 'present' }, 9, 'yyyy')).toMatchObject({
      base: 4,
      needed: 3,
      quorum: 5,
      passes: false,
    });
    expect(tally({ base: 'present' }, 9, '')).toMatchObject({ base: 0, needed: null, passes: false });
  });

  test('leaves the nominated unit out, or in, as the rule says', () => {
    const own = 'unit-0';
    expect(tally({}, 4, 'ynyy', own)).toMatchObject({ base: 3, yes: 2, no: 1, voted: 3, passes: true });
    expect(tally({ ownUnit: 'votes' }, 4, 'ynyy', own)).toMatchObject({ base: 4, yes: 3, voted: 4 });
  });

  test('does not count the vote of a unit that is no member', () => {
    expect(tally({}, 3, 'nnnyyy')).toMatchObject({ yes: 0, no: 3, voted: 3 });
  });

  test('with nobody to vote passes nothing', () => {
    expect(tally({}, 1, '', 'unit-0')).toEqual({
      electorate: [],
      yes: 0,
      no: 0,
      abstain: 0,
      voted: 0,
      base: 0,
      needed: null,
      quorum: null,
      passes: false,
    });
  });
});
