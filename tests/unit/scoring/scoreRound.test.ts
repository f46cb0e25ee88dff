import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'lossless-json';
import { scoreFile } from '../../../services/scoring/scoreFile.ts';
import { aBundle, aLeaf, selfEntry, type RawEntry, type RawSheet } from '../../support/rawBundles.ts';
import { leafScores, score } from '../../support/scoring.ts';

const fixtures = new URL('../../fixtures/score-bundles/', import.meta.url);
const direct = aLeaf('D', '10', 'DIRECT');

function judged(layer: string, points: string, scorer: string | null = null): RawEntry {
  return { unit: 'U1', criterion: 'D', layer, scorer, points };
}

describe('a bundle with every formula', () => {
  test('gives the result that was computed by hand, digit by digit', async () => {
    const outcome = scoreFile(await readFile(new URL('every-formula.json', fixtures)));
    const expected = await readFile(new URL('every-formula.expected.json', fixtures), 'utf8');
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(parse(outcome.stdout)).toEqual(parse(expected));
  });
});

describe('layers', () => {
  const all = [
    judged('verified', '4'),
    judged('self', '1'),
    judged('department', '3', 'SNV'),
    judged('cluster', '2', 'U2'),
  ];

  test.each([
    [['self', 'cluster', 'department', 'verified'], '4'],
    [['self', 'cluster', 'department'], '3'],
    [['cluster', 'self'], '2'],
    [['self'], '1'],
  ])('of %p the strongest counts, in whatever order they are listed', (layers, expected) => {
    const entries = all.filter(({ layer }) => layers.includes(layer));
    const round = { units: 2, criteria: [direct] };
    expect(leafScores(aBundle({ ...round, entries }), 'D')[0]).toBe(expected);
    expect(leafScores(aBundle({ ...round, entries: [...entries].reverse() }), 'D')[0]).toBe(expected);
  });

  test.each([
    ['mean', '7.11'],
    ['median', '7.25'],
    ['trimmed-mean', '7.25'],
  ])('the points of several scorers are joined by %s, then rounded once', (aggregate, expected) => {
    const given = ['9', '7.45', '7.05', '4.95'];
    const entries = given.map((points, index) => judged('cluster', points, `U${index + 2}`));
    const sheet = { crossScore: { aggregate } };
    expect(leafScores(aBundle({ units: 5, criteria: [direct], entries, sheet }), 'D')[0]).toBe(expected);
  });

  test('ranks joined points before any rounding', () => {
    const leaf = aLeaf('R', '5', 'RANK_POINTS', { params: { points: ['5', '3'] } });
    const entries = ['0.333', '0.334', '0.334'].map((points, index) => {
      return { unit: 'U1', criterion: 'R', layer: 'cluster', scorer: `U${index + 2}`, points };
    });
    entries.push({ unit: 'U2', criterion: 'R', layer: 'cluster', scorer: 'U1', points: '0.333' });
    const raw = aBundle({
      units: 4,
      criteria: [leaf],
      entries,
      sheet: { rounding: { scale: '0', at: 'leaf' } },
    });
    expect(leafScores(raw, 'R')).toEqual(['5', '3', '0', '0']);
  });
});

describe('the denominator', () => {
  const criteria = [
    aLeaf('A', '10', 'RATIO'),
    aLeaf('B', '30', 'YES_NO'),
    aLeaf('X', '5', 'COUNT_STEP', { role: 'bonus', params: { step: '1' } }),
    aLeaf('P', '8', 'PENALTY_STEP', { role: 'penalty', params: { step: '1', cap: '8' } }),
  ];

  test('leaves out a base leaf that is not assigned, and keeps one with a reported result', () => {
    const result = score(
      aBundle({
        units: 2,
        criteria,
        entries: [
          selfEntry('U1', 'A', { assigned: false }),
          selfEntry('U1', 'B', { achieved: true }),
          selfEntry('U1', 'X', { assigned: false }),
          selfEntry('U2', 'A', { assigned: false, actual: '2' }),
        ],
      }),
    );
    expect(result['U1']).toMatchObject({ denominator: '30', percent: '100', missing: ['P'] });
    expect(result['U2']).toMatchObject({ denominator: '40', percent: '25', missing: ['B', 'X', 'P'] });
  });

  test('keeps a leaf without an entry, which scores 0 and is listed', () => {
    const result = score(aBundle({ units: 1, criteria, entries: [] }));
    expect(result['U1']).toMatchObject({
      total: '0',
      denominator: '40',
      percent: '0',
      missing: ['A', 'B', 'X', 'P'],
      leaves: { A: '0', B: '0', X: '0', P: '0' },
    });
  });

  test('of nothing gives 0 percent', () => {
    const result = score(
      aBundle({
        units: 1,
        criteria,
        entries: ['A', 'B'].map((code) => selfEntry('U1', code, { assigned: false })),
      }),
    );
    expect(result['U1']).toMatchObject({ denominator: '0', percent: '0', rank: 1 });
  });
});

describe('the total', () => {
  const criteria = [
    { code: 'G', parent: null, maxPoints: '28' },
    aLeaf('A', '10', 'DIRECT', { parent: 'G' }),
    aLeaf('X', '5', 'DIRECT', { parent: 'G', role: 'bonus' }),
    aLeaf('Y', '5', 'DIRECT', { parent: 'G', role: 'bonus' }),
    aLeaf('P', '8', 'PENALTY_STEP', { parent: 'G', role: 'penalty', params: { step: '1', cap: '8' } }),
  ];
  const entries = (a: string, x: string, y: string, p: string) => [
    selfEntry('U1', 'A', { points: a }),
    selfEntry('U1', 'X', { points: x }),
    selfEntry('U1', 'Y', { points: y }),
    selfEntry('U1', 'P', { count: p }),
  ];
  const one = (sheet: Partial<RawSheet>, given: RawEntry[]) =>
    score(aBundle({ units: 1, criteria, entries: given, sheet }))['U1'];

  test('caps the bonus but not what its group shows', () => {
    expect(one({ bonusCap: '6.5' }, entries('9', '5', '4', '2'))).toMatchObject({
      base: '9',
      bonus: '6.5',
      penalty: '-2',
      total: '13.5',
      percent: '135',
      groups: { G: '16' },
    });
  });

  test.each([null, undefined])('has no cap on the bonus where it is %p', (bonusCap) => {
    const sheet = bonusCap === undefined ? {} : { bonusCap };
    expect(one(sheet, entries('9', '5', '4', '2'))).toMatchObject({ bonus: '9', total: '16' });
  });

  test('is never below 0, while the penalty stays as it is', () => {
    expect(one({}, entries('1', '0', '0', '8'))).toMatchObject({
      total: '0',
      penalty: '-8',
      groups: { G: '-7' },
    });
  });

  test('is rounded alone where the sheet rounds at the total, and the percent follows the rounded total', () => {
    const ratios = ['A', 'B', 'C'].map((code) => aLeaf(code, '10', 'RATIO'));
    const result = score(
      aBundle({
        units: 1,
        criteria: ratios,
        entries: ratios.map(({ code }) => selfEntry('U1', code, { target: '8', actual: '1.0036' })),
        sheet: { rounding: { scale: '1', at: 'total' } },
      }),
    );
    expect(result['U1']).toMatchObject({
      leaves: { A: '1.2545', B: '1.2545', C: '1.2545' },
      base: '3.7635',
      total: '3.8',
      percent: '12.6667',
    });
  });

  test('adds what is exact, not what is printed: a third three times is one', () => {
    const ratios = ['A', 'B', 'C'].map((code) => aLeaf(code, '1', 'RATIO'));
    const result = score(
      aBundle({
        units: 1,
        criteria: ratios,
        entries: ratios.map(({ code }) => selfEntry('U1', code, { target: '3', actual: '1' })),
        sheet: { rounding: { scale: '2', at: 'total' } },
      }),
    );
    expect(result['U1']).toMatchObject({ base: '1', total: '1', leaves: { A: '0.333333333333' } });
  });
});
