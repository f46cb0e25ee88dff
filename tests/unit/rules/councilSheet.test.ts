import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkSheetPoints, councilSheetOutcome, isWholeSheet } from '../../../services/rules/councilSheet.ts';
import type { CouncilSheetRule } from '../../../services/rules/routeRule.ts';
import { demoAward } from '../../support/rulePacks.ts';

const name = { vi: 'Tiêu chí', en: 'Criterion' };
const rule = (changes: Partial<CouncilSheetRule> = {}): CouncilSheetRule => ({
  criteria: [
    { code: 'A', name, maxPoints: '60' },
    { code: 'B', name, maxPoints: '40' },
  ],
  aggregate: 'mean',
  minScorers: 1,
  minPercent: '80',
  basis: 'test',
  standing: 'toConfirm',
  ...changes,
});
const sheets = (...rows: [string, string][]) => rows.map(([A, B]) => ({ handedIn: true, points: { A, B } }));

describe('councilSheetOutcome', () => {
  test.each([
    [
      'mean',
      [
        ['60', '40'],
        ['50', '30'],
        ['10', '20'],
      ],
      '40',
      '30',
      '70',
      'belowMinimum',
    ],
    [
      'median',
      [
        ['60', '40'],
        ['50', '30'],
        ['10', '20'],
      ],
      '50',
      '30',
      '80',
      'passed',
    ],
    [
      'median',
      [
        ['60', '40'],
        ['50', '30'],
        ['10', '20'],
        ['51', '31'],
      ],
      '50.5',
      '30.5',
      '81',
      'passed',
    ],
    [
      'trimmed-mean',
      [
        ['60', '40'],
        ['50', '30'],
        ['10', '20'],
      ],
      '50',
      '30',
      '80',
      'passed',
    ],
    [
      'trimmed-mean',
      [
        ['60', '40'],
        ['50', '30'],
      ],
      '55',
      '35',
      '90',
      'passed',
    ],
  ] as const)('%s of %j is %s and %s, together %s: %s', (aggregate, rows, a, b, total, status) => {
    expect(
      councilSheetOutcome(rule({ aggregate }), sheets(...rows.map(([x, y]): [string, string] => [x, y]))),
    ).toEqual({
      status,
      scorers: rows.length,
      criteria: [
        { code: 'A', points: a },
        { code: 'B', points: b },
      ],
      total,
      maxPoints: '100',
      minimum: '80',
    });
  });

  test('the minimum is met at equality and missed by the smallest part of a point', () => {
    const third = rule({ minPercent: '33.3' });
    expect(councilSheetOutcome(third, sheets(['33.3', '0'])).status).toBe('passed');
    expect(councilSheetOutcome(third, sheets(['33.299999999999999999999999', '0'])).status).toBe(
      'belowMinimum',
    );
    expect(councilSheetOutcome(rule(), sheets(['60', '40'], ['50', '20'], ['50', '20'])).status).toBe(
      'passed',
    );
    expect(councilSheetOutcome(rule(), sheets(['60', '40'], ['50', '20'], ['50', '19.9'])).status).toBe(
      'belowMinimum',
    );
  });

  test('a mean without end is compared exactly and written to twelve places', () => {
    const outcome = councilSheetOutcome(rule(), sheets(['60', '20'], ['60', '20'], ['60', '19.9']));
    expect([outcome.total, outcome.status]).toEqual(['79.966666666667', 'belowMinimum']);
    const nearly = councilSheetOutcome(
      rule(),
      sheets(['60', '20'], ['60', '20'], ['60', '19.999999999999999']),
    );
    expect([nearly.total, nearly.status]).toEqual(['80', 'belowMinimum']);
  });

  test('counts only whole sheets that were handed in', () => {
    const outcome = councilSheetOutcome(rule({ minScorers: 2 }), [
      { handedIn: true, points: { A: '60', B: '40' } },
      { handedIn: false, points: { A: '0', B: '0' } },
      { handedIn: true, points: { A: '0' } },
    ]);
    expect([outcome.status, outcome.scorers, outcome.total]).toEqual(['tooFewScorers', 1, '100']);
  });

  test('without any sheet there is no score to show', () => {
    expect(councilSheetOutcome(rule(), [])).toEqual({
      status: 'tooFewScorers',
      scorers: 0,
      criteria: [],
      total: '0',
      maxPoints: '100',
      minimum: '80',
    });
  });

  test('throws on a sheet that was never checked', () => {
    expect(() => councilSheetOutcome(rule(), sheets(['61', '0']))).toThrow('council sheet: A outOfRange');
  });

  test('does not depend on the order of the sheets, and the same points from all give those points', () => {
    const cents = fc
      .integer({ min: 0, max: 4000 })
      .map((n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`);
    const aggregates = fc.constantFrom('mean' as const, 'median' as const, 'trimmed-mean' as const);
    fc.assert(
      fc.property(
        aggregates,
        fc.array(fc.tuple(cents, cents), { minLength: 1, maxLength: 17 }),
        (aggregate, rows) => {
          const asked = rule({ aggregate });
          expect(councilSheetOutcome(asked, sheets(...[...rows].reverse()))).toEqual(
            councilSheetOutcome(asked, sheets(...rows)),
          );
          const [first] = rows;
          if (first === undefined) return;
          const alone = councilSheetOutcome(asked, sheets(first));
          expect(councilSheetOutcome(asked, sheets(...rows.map(() => first)))).toEqual({
            ...alone,
            scorers: rows.length,
          });
        },
      ),
    );
  });
});

describe('a member sheet', () => {
  test('may be saved in parts: points within each criterion, and nothing else', () => {
    expect(checkSheetPoints(rule(), { A: '60', B: '0' })).toEqual([]);
    expect(checkSheetPoints(rule(), {})).toEqual([]);
    expect(checkSheetPoints(rule(), { A: '60.01', B: '-1', C: '1' })).toEqual([
      { criterion: 'A', problem: 'outOfRange' },
      { criterion: 'B', problem: 'outOfRange' },
      { criterion: 'C', problem: 'unknownCriterion' },
    ]);
    expect(checkSheetPoints(rule(), { A: 'NaN', B: '1e999999999' })).toEqual([
      { criterion: 'A', problem: 'notANumber' },
      { criterion: 'B', problem: 'outOfRange' },
    ]);
  });

  test('is whole when every criterion has points', () => {
    expect(isWholeSheet(rule(), { A: '1' })).toBe(false);
    expect(isWholeSheet(rule(), { A: '1', B: '0' })).toBe(true);
    expect(isWholeSheet(rule({ criteria: [{ code: 'toString', name, maxPoints: '1' }] }), {})).toBe(false);
  });
});

describe('the demo sheets', () => {
  test.each(['provincial_emulation_flag', 'excellent_labour_collective'])(
    '%s: nine members at 80 of 100 pass, eight are too few, nine below fail',
    async (code) => {
      const asked = (await demoAward(code)).route.council?.sheet;
      if (!asked) throw new Error(`${code} has no council sheet`);
      const at = (share: number) => ({
        handedIn: true,
        points: Object.fromEntries(
          asked.criteria.map((one) => [one.code, String(Number(one.maxPoints) * share)]),
        ),
      });
      const statusOf = (count: number, share: number) =>
        councilSheetOutcome(
          asked,
          Array.from({ length: count }, () => at(share)),
        ).status;
      expect([statusOf(9, 0.8), statusOf(8, 0.8), statusOf(9, 0.7)]).toEqual([
        'passed',
        'tooFewScorers',
        'belowMinimum',
      ]);
    },
  );
});
