import { describe, expect, test } from '@jest/globals';
import { aBundle, aLeaf, selfEntry, type RawCriterion, type RawEntry } from '../../support/rawBundles.ts';
import { leafScores } from '../../support/scoring.ts';

/** The scores of one leaf for units that give these inputs, in their order; null: no entry. */
function scores(leaf: RawCriterion, inputs: (Partial<RawEntry> | null)[], at = 'leaf') {
  const entries = inputs.flatMap((input, index) => {
    return input === null ? [] : [selfEntry(`U${index + 1}`, leaf.code, input)];
  });
  const rounding = { scale: '2', at };
  return leafScores(
    aBundle({ units: inputs.length, criteria: [leaf], entries, sheet: { rounding } }),
    leaf.code,
  );
}

const target = (T: string, A: string) => ({ target: T, actual: A });
const count = (n: string) => ({ count: n });

describe('YES_NO', () => {
  test('gives all points or none', () => {
    expect(scores(aLeaf('L', '7.5', 'YES_NO'), [{ achieved: true }, { achieved: false }])).toEqual([
      '7.5',
      '0',
    ]);
  });
});

describe('DIRECT', () => {
  test('gives the points that were judged, from 0 to the most', () => {
    const points = [{ points: '0' }, { points: '6.25' }, { points: '10' }];
    expect(scores(aLeaf('L', '10', 'DIRECT'), points)).toEqual(['0', '6.25', '10']);
  });
});

describe('LEADER_RELATIVE', () => {
  const leaf = aLeaf('L', '5', 'LEADER_RELATIVE');

  test('scores the worked example of the regulation: 8, 10, 20 and 15 of 10 give 2, 2.5, 5 and 3.75', () => {
    const inputs = [target('10', '8'), target('10', '10'), target('10', '20'), target('10', '15')];
    expect(scores(leaf, inputs)).toEqual(['2', '2.5', '5', '3.75']);
  });

  test('measures the excess against the own target, not in absolute numbers', () => {
    expect(scores(leaf, [target('100', '150'), target('4', '8')])).toEqual(['3.75', '5']);
  });

  test('gives all points to each of several leaders', () => {
    expect(scores(leaf, [target('10', '20'), target('3', '6'), target('10', '15')])).toEqual([
      '5',
      '5',
      '3.75',
    ]);
  });

  test('gives half of the points for the target where nobody exceeds it', () => {
    expect(scores(leaf, [target('10', '10'), target('10', '0'), target('3', '1')])).toEqual([
      '2.5',
      '0',
      '0.83',
    ]);
  });

  test('takes units without an entry, or not assigned, for no leader', () => {
    const inputs = [null, { assigned: false, actual: '900' }, target('10', '11'), target('10', '10.5')];
    expect(scores(leaf, inputs)).toEqual(['0', '5', '5', '3.75']);
  });
});

describe('RATIO', () => {
  test('gives the share of the target that was reached, at most all points', () => {
    const inputs = [target('90', '81.5'), target('90', '90'), target('90', '99'), target('80', '8.04')];
    expect(scores(aLeaf('L', '10', 'RATIO'), inputs)).toEqual(['9.06', '10', '10', '1.01']);
  });

  test('rounds 1.005 up, which a binary double cannot hold', () => {
    expect(scores(aLeaf('L', '10', 'RATIO'), [target('80', '8.04')])).toEqual(['1.01']);
  });
});

describe('RATIO_INVERSE', () => {
  test('takes off the share by which a target to stay under was missed, never below 0', () => {
    const inputs = [
      target('6', '5.2'),
      target('6', '6'),
      target('6', '6.5'),
      target('6', '12'),
      target('6', '13'),
    ];
    expect(scores(aLeaf('L', '10', 'RATIO_INVERSE'), inputs)).toEqual(['10', '10', '9.17', '0', '0']);
  });
});

describe('FULL_MINUS', () => {
  test('takes a step off for each case, never below 0', () => {
    const leaf = aLeaf('L', '10', 'FULL_MINUS', { params: { step: '2.5' } });
    expect(scores(leaf, [count('0'), count('1'), count('4'), count('5'), count('0.5')])).toEqual([
      '10',
      '7.5',
      '0',
      '0',
      '8.75',
    ]);
  });
});

describe('COUNT_STEP', () => {
  test('gives a step for each case, at most all points', () => {
    const leaf = aLeaf('L', '10', 'COUNT_STEP', { params: { step: '3' } });
    expect(scores(leaf, [count('0'), count('3'), count('4')])).toEqual(['0', '9', '10']);
  });
});

describe('PENALTY_STEP', () => {
  test('takes off a step for each case, at most the cap', () => {
    const leaf = aLeaf('L', '8', 'PENALTY_STEP', { role: 'penalty', params: { step: '0.335', cap: '1' } });
    expect(scores(leaf, [count('0'), count('1'), count('2'), count('3')])).toEqual([
      '0',
      '-0.34',
      '-0.67',
      '-1',
    ]);
  });
});

describe('TIER', () => {
  const bands = [
    { atLeast: '65', points: '7' },
    { atLeast: '-5', points: '1' },
    { atLeast: '80', points: '10' },
  ];

  test('gives the points of the highest band that is reached, in whatever order they are listed', () => {
    const inputs = ['80', '79.999', '65', '64.999', '-5', '-5.001', '1000'].map((value) => ({ value }));
    const expected = ['10', '7', '7', '1', '1', '0', '10'];
    for (const order of [bands, [...bands].reverse()]) {
      expect(scores(aLeaf('L', '10', 'TIER', { params: { bands: order } }), inputs)).toEqual(expected);
    }
  });
});

describe('LEVEL', () => {
  test('gives the points of the level', () => {
    const levels = [
      { label: 'Hoàn thành tốt nhiệm vụ', points: '7.5' },
      { label: 'Hoàn thành nhiệm vụ', points: '4' },
    ];
    const leaf = aLeaf('L', '10', 'LEVEL', { params: { levels } });
    const inputs = levels.map(({ label }) => ({ level: label }));
    expect(scores(leaf, inputs)).toEqual(['7.5', '4']);
  });
});

describe('RANK_POINTS', () => {
  const leaf = aLeaf('L', '60', 'RANK_POINTS', { params: { points: ['60', '45', '30', '15'] } });
  const points = (...given: string[]) => given.map((value) => ({ points: value }));

  test('lets equal values share a rank and skips the next: 8, 8, 7.5 give ranks 1, 1, 3', () => {
    expect(scores(leaf, points('8', '8.0', '7.5'))).toEqual(['60', '60', '30']);
  });

  test('gives nothing to ranks beyond the list', () => {
    expect(scores(leaf, points('1', '2', '3', '4', '5'))).toEqual(['0', '15', '30', '45', '60']);
  });

  test('ranks only units that take part', () => {
    const inputs = [null, { assigned: false, actual: '3' }, { points: '0' }, { points: '0.5' }];
    expect(scores(leaf, inputs)).toEqual(['0', '60', '45', '60']);
  });
});

describe('a leaf that is not assigned', () => {
  test('scores a result that is reported all the same by the best of those units', () => {
    const inputs = [
      { assigned: false, actual: '15' },
      { assigned: false, actual: '24' },
      { assigned: false },
      target('10', '5'),
    ];
    expect(scores(aLeaf('L', '12', 'RATIO'), inputs)).toEqual(['7.5', '12', '0', '6']);
  });

  test('scores 0 where all that is reported is 0', () => {
    const inputs = [{ assigned: false, actual: '0' }, { assigned: false }];
    expect(scores(aLeaf('L', '12', 'YES_NO'), inputs)).toEqual(['0', '0']);
  });
});

describe('rounding at the total', () => {
  test('keeps leaves exact', () => {
    const inputs = [target('3', '1'), target('8', '1'), target('7', '7')];
    expect(scores(aLeaf('L', '10', 'RATIO'), inputs, 'total')).toEqual(['3.333333333333', '1.25', '10']);
  });
});
