import { describe, expect, test } from '@jest/globals';
import { aBundle, aLeaf, selfEntry, type RawBundle, type RawSheet } from '../../support/rawBundles.ts';
import { score } from '../../support/scoring.ts';

const criteria = [
  { code: 'G', parent: null, maxPoints: '50' },
  aLeaf('A', '50', 'DIRECT', { parent: 'G' }),
  aLeaf('B', '50', 'DIRECT'),
  aLeaf('X', '10', 'DIRECT', { role: 'bonus' }),
  aLeaf('P', '10', 'PENALTY_STEP', { role: 'penalty', params: { step: '1', cap: '10' } }),
];

type Row = [a: string, b: string, x: string, p: string];

/** Units with these points for A, B, the bonus and cases of the penalty. */
function round(rows: Row[], sheet: Partial<RawSheet> = {}, knockouts: RawBundle['knockouts'] = []) {
  const entries = rows.flatMap(([a, b, x, p], index) => {
    const unit = `U${index + 1}`;
    return [
      selfEntry(unit, 'A', a === '-' ? { assigned: false } : { points: a }),
      selfEntry(unit, 'B', { points: b }),
      selfEntry(unit, 'X', { points: x }),
      selfEntry(unit, 'P', { count: p }),
    ];
  });
  return Object.values(score(aBundle({ units: rows.length, criteria, entries, sheet, knockouts })));
}

const ranks = (...args: Parameters<typeof round>) => round(...args).map(({ rank }) => rank);

describe('ranks', () => {
  test('go by total, highest first; equal totals share a rank and the next is skipped', () => {
    const rows: Row[] = [
      ['10', '10', '0', '0'],
      ['20', '10', '0', '0'],
      ['10', '20', '0', '0'],
      ['5', '0', '0', '0'],
    ];
    expect(ranks(rows)).toEqual([3, 1, 1, 4]);
  });

  test('go by percent where the sheet says so, each against its own denominator', () => {
    const rows: Row[] = [
      ['40', '35', '0', '0'],
      ['-', '38', '0', '0'],
      ['-', '37.5', '0', '0'],
    ];
    expect(ranks(rows, { rankBy: 'percent' })).toEqual([2, 1, 2]);
    expect(ranks(rows, { rankBy: 'total' })).toEqual([1, 2, 3]);
  });

  test('tell percents apart that print alike', () => {
    const rows: Row[] = [
      ['33.33333', '33.33333', '0', '0'],
      ['33.33333', '33.33334', '0', '0'],
    ];
    const results = round(rows, { rankBy: 'percent', rounding: { scale: '5', at: 'leaf' } });
    expect(results.map(({ percent }) => percent)).toEqual(['66.6667', '66.6667']);
    expect(results.map(({ rank }) => rank)).toEqual([2, 1]);
  });

  const tied: Row[] = [
    ['20', '20', '5', '3'],
    ['20', '21', '4', '3'],
    ['21', '20', '4', '3'],
    ['20', '20', '3', '1'],
    ['20', '19', '3', '0'],
  ];

  test.each<[string, NonNullable<RawSheet['tieBreak']>, number[]]>([
    ['nothing', [], [1, 1, 1, 1, 1]],
    ['a group', [{ by: 'group', code: 'G' }], [2, 2, 1, 2, 2]],
    ['the bonus', [{ by: 'bonus' }], [1, 2, 2, 4, 4]],
    ['the penalty', [{ by: 'penalty' }], [3, 3, 3, 2, 1]],
    ['the bonus, then a group', [{ by: 'bonus' }, { by: 'group', code: 'G' }], [1, 3, 2, 4, 4]],
    ['the bonus, then the penalty', [{ by: 'bonus' }, { by: 'penalty' }], [1, 2, 2, 5, 4]],
  ])('break ties by %s', (_, tieBreak, expected) => {
    expect(ranks(tied, { tieBreak })).toEqual(expected);
  });

  test('break ties by the bonus after the cap', () => {
    const rows: Row[] = [
      ['20', '21', '9', '1'],
      ['20', '20', '6', '0'],
    ];
    const tieBreak = [{ by: 'bonus' }];
    expect(ranks(rows, { tieBreak, bonusCap: '6' })).toEqual([1, 1]);
    expect(ranks([['20', '20', '9', '3'], ...rows.slice(1)], { tieBreak })).toEqual([1, 2]);
  });
});

describe('knock-outs', () => {
  const rows: Row[] = [
    ['50', '50', '0', '0'],
    ['40', '40', '0', '0'],
    ['30', '30', '0', '0'],
  ];
  const classification = [{ atLeast: '80', code: 'XS' }];

  test('exclude a unit from ranking without using up its rank, and still classify it', () => {
    const results = round(rows, { classification }, [{ unit: 'U1', code: 'K1', effect: 'exclude' }]);
    expect(results.map(({ rank }) => rank)).toEqual([null, 1, 2]);
    expect(results[0]).toMatchObject({ classification: 'XS', onHold: false, total: '100' });
  });

  test('hold a unit in its rank and flag it', () => {
    const results = round(rows, {}, [{ unit: 'U2', code: 'K2', effect: 'hold' }]);
    expect(results.map(({ rank, onHold }) => [rank, onHold])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
  });

  test('may exclude and hold one unit', () => {
    const results = round(rows, {}, [
      { unit: 'U1', code: 'K1', effect: 'hold' },
      { unit: 'U1', code: 'K2', effect: 'exclude' },
    ]);
    expect(results[0]).toMatchObject({ rank: null, onHold: true });
  });

  test('leave an excluded unit the leader that others are measured against', () => {
    const leaf = aLeaf('L', '10', 'LEADER_RELATIVE');
    const raw = aBundle({
      units: 2,
      criteria: [leaf],
      entries: [
        selfEntry('U1', 'L', { target: '10', actual: '20' }),
        selfEntry('U2', 'L', { target: '10', actual: '15' }),
      ],
      knockouts: [{ unit: 'U1', code: 'K', effect: 'exclude' }],
    });
    expect(score(raw)['U2']).toMatchObject({ total: '7.5', rank: 1 });
  });
});

describe('classification', () => {
  const classification = [
    { atLeast: '50', code: 'DAT' },
    { atLeast: '90', code: 'XUAT_SAC' },
    { atLeast: '70', code: 'KHA' },
  ];

  test.each([
    ['49.999', null],
    ['50', 'DAT'],
    ['69.99999', 'DAT'],
    ['70', 'KHA'],
    ['89.99999', 'KHA'],
    ['90', 'XUAT_SAC'],
    ['100', 'XUAT_SAC'],
  ])('of %s percent is %s, by the exact percent', (points, expected) => {
    const raw = aBundle({
      units: 1,
      criteria: [aLeaf('A', '100', 'DIRECT')],
      entries: [selfEntry('U1', 'A', { points })],
      sheet: { classification, rounding: { scale: '5', at: 'leaf' } },
    });
    expect(score(raw)['U1']?.classification).toBe(expected);
  });

  test('is null where the sheet has none', () => {
    expect(round([['1', '1', '0', '0']])[0]?.classification).toBeNull();
  });
});
