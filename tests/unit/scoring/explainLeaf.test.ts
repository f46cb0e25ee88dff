import { describe, expect, test } from '@jest/globals';
import { explainLeaf } from '../../../services/scoring/explainLeaf.ts';
import { scoreRound } from '../../../services/scoring/scoreRound.ts';
import { aBundle, aLeaf, selfEntry } from '../../support/rawBundles.ts';
import { checked } from '../../support/scoring.ts';

const bundle = checked(
  aBundle({
    units: 3,
    criteria: [
      { code: 'G', parent: null, maxPoints: '20' },
      { ...aLeaf('D', '10', 'DIRECT', { parent: 'G' }) },
      { ...aLeaf('L', '10', 'LEADER_RELATIVE', { parent: 'G' }) },
      aLeaf('R', '6', 'RANK_POINTS', { params: { points: ['6', '3'] } }),
      aLeaf('T', '4', 'TIER', {
        params: {
          bands: [
            { atLeast: '1', points: '2' },
            { atLeast: '5', points: '4' },
          ],
        },
      }),
      aLeaf('P', '4', 'PENALTY_STEP', { role: 'penalty', params: { step: '1.50', cap: '4' } }),
    ],
    entries: [
      selfEntry('U1', 'D', { points: '10' }),
      { unit: 'U1', criterion: 'D', layer: 'cluster', scorer: 'U2', points: '8.75' },
      { unit: 'U1', criterion: 'D', layer: 'cluster', scorer: 'U3', points: '8.00' },
      selfEntry('U1', 'L', { target: '10', actual: '12' }),
      selfEntry('U2', 'L', { target: '8', actual: '14' }),
      selfEntry('U3', 'L', { assigned: false, actual: '3' }),
      selfEntry('U1', 'R', { points: '70' }),
      selfEntry('U2', 'R', { points: '71' }),
      selfEntry('U1', 'T', { value: '4' }),
      selfEntry('U1', 'P', { count: '2' }),
    ],
  }),
);
const result = scoreRound(bundle);
const explain = (unit: string, leaf: string) => explainLeaf(bundle, result, unit, leaf);

describe('explainLeaf', () => {
  test('shows all layers, which one counts, and how several scorers became one number', () => {
    expect(explain('U1', 'D')).toEqual({
      unit: 'U1',
      criterion: 'D',
      name: null,
      role: 'base',
      maxPoints: '10',
      formula: 'DIRECT',
      params: {},
      layers: [
        { layer: 'self', counts: false, entries: [{ scorer: null, input: { points: '10' } }] },
        {
          layer: 'cluster',
          counts: true,
          entries: [
            { scorer: 'U2', input: { points: '8.75' } },
            { scorer: 'U3', input: { points: '8' } },
          ],
        },
      ],
      aggregate: 'mean',
      input: { points: '8.375' },
      comparedWith: {},
      exact: '8.375',
      rounding: { scale: 2, at: 'leaf' },
      score: '8.38',
      inDenominator: true,
    });
  });

  test('shows what a relative score was measured against', () => {
    expect(explain('U1', 'L')).toMatchObject({
      input: { target: '10', actual: '12' },
      comparedWith: { highestExcess: '0.75' },
      exact: '6.333333333333',
      score: '6.33',
    });
    expect(explain('U1', 'R')).toMatchObject({
      params: { points: ['6', '3'] },
      comparedWith: { rank: 2 },
      score: '3',
    });
  });

  test('shows a leaf that is not assigned', () => {
    expect(explain('U3', 'L')).toMatchObject({
      input: { assigned: false, actual: '3' },
      comparedWith: { highestUnassigned: '3' },
      score: '10',
      inDenominator: true,
    });
  });

  test('shows the params in the words of the sheet', () => {
    expect(explain('U1', 'P')).toMatchObject({
      params: { step: '1.5', cap: '4' },
      score: '-3',
      inDenominator: false,
    });
    expect(explain('U1', 'T')).toMatchObject({
      params: {
        bands: [
          { atLeast: '5', points: '4' },
          { atLeast: '1', points: '2' },
        ],
      },
      score: '2',
    });
  });

  test('shows that nobody scored', () => {
    expect(explain('U3', 'R')).toMatchObject({
      layers: [],
      input: null,
      comparedWith: {},
      exact: '0',
      score: '0',
    });
  });

  test.each([
    ['U4', 'D'],
    ['U1', 'G'],
    ['U1', 'X'],
  ])('knows nothing of %s %s', (unit, leaf) => {
    expect(explain(unit, leaf)).toBeNull();
  });
});
