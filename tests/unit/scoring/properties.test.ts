import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LosslessNumber, stringify } from 'lossless-json';
import { bundleFromSheets, type SheetRow } from '../../../services/scoring/bundleFromSheets.ts';
import { parseDecimal } from '../../../services/scoring/decimalText.ts';
import { compare, type Exact } from '../../../services/scoring/exact.ts';
import { printResult } from '../../../services/scoring/presentResult.ts';
import { scoreFile } from '../../../services/scoring/scoreFile.ts';
import { scoreRound } from '../../../services/scoring/scoreRound.ts';
import { bundles, makeBundle } from '../../support/arbitraryBundles.ts';
import { aBundle, aLeaf, selfEntry, type RawBundle, type RawCriterion } from '../../support/rawBundles.ts';
import { checked, score } from '../../support/scoring.ts';
import { fraction, oracleScore, type OracleUnit } from '../../support/scoringOracle.ts';

const text = ({ n, d }: Exact) => fraction(n, d);

/** The engine's result in the oracle's words. */
function engineScore(raw: RawBundle): OracleUnit[] {
  const bundle = checked(raw);
  const { leaves, groups } = bundle.sheet;
  return scoreRound(bundle).units.map((unit) => ({
    ...unit,
    total: text(unit.total),
    denominator: text(unit.denominator),
    percent: text(unit.percent),
    base: text(unit.base),
    bonus: text(unit.bonus),
    penalty: text(unit.penalty),
    missing: [...unit.missing],
    groups: Object.fromEntries(unit.groups.map((value, index) => [groups[index]?.code ?? '', text(value)])),
    leaves: Object.fromEntries(
      unit.leaves.map(({ score }, index) => [leaves[index]?.code ?? '', text(score)]),
    ),
  }));
}

/** Everything in the bundle that is a list without order, in another order. */
function shuffled(raw: RawBundle): fc.Arbitrary<RawBundle> {
  const any = <T>(items: T[]) => fc.shuffledSubarray(items, { minLength: items.length });
  return fc.record({
    format: fc.constant(raw.format),
    units: any(raw.units),
    entries: any(raw.entries),
    knockouts: any(raw.knockouts ?? []),
    sheet: fc
      .record({
        criteria: any(raw.sheet.criteria).map((rows) => rows.map(turned)),
        classification: any(raw.sheet.classification ?? []),
        rest: fc.constant(raw.sheet),
      })
      .map(({ rest, ...lists }) => ({ ...rest, ...lists })),
  });
}

/** Bands and levels the other way round; the order of rank points has a meaning. */
function turned(row: RawCriterion): RawCriterion {
  if (row.params === undefined) return row;
  const { bands = [], levels = [] } = row.params;
  return { ...row, params: { ...row.params, bands: bands.toReversed(), levels: levels.toReversed() } };
}

/** The rows that the product would store for these entries. */
function storedRows(raw: RawBundle): SheetRow[] {
  const rows = new Map<string, SheetRow & { cells: Record<string, object> }>();
  for (const { unit, layer, scorer = null, criterion, ...cell } of raw.entries) {
    const key = JSON.stringify([unit, layer, scorer]);
    const row = rows.get(key) ?? { unit, layer: layer as SheetRow['layer'], scorer, cells: {} };
    row.cells[criterion] = cell;
    rows.set(key, row);
  }
  return [...rows.values()];
}

/** The bundle as a file, where decimals are numbers. */
function file(raw: RawBundle): Uint8Array {
  const isNumber = /^-?\d+(\.\d+)?$/;
  const json = stringify(raw, (key, value) => {
    return typeof value === 'string' && key !== 'code' && isNumber.test(value)
      ? new LosslessNumber(value)
      : value;
  });
  return new TextEncoder().encode(json);
}

describe('any valid bundle', () => {
  test('scores as the naive oracle does, fraction by fraction', () => {
    fc.assert(
      fc.property(bundles, (raw) => {
        expect(engineScore(raw)).toEqual(oracleScore(raw));
      }),
      { numRuns: 200 },
    );
  });

  test('scores the same in whatever order its lists are written', () => {
    const pairs = bundles.chain((raw) => shuffled(raw).map((other) => [raw, other] as const));
    fc.assert(
      fc.property(pairs, ([raw, other]) => {
        const byUnit = (units: OracleUnit[]) => {
          const sorted = units.map((unit) => [unit.unit, { ...unit, missing: unit.missing.toSorted() }]);
          return Object.fromEntries(sorted) as object;
        };
        expect(byUnit(engineScore(other))).toEqual(byUnit(engineScore(raw)));
      }),
      { numRuns: 80 },
    );
  });

  test('scores the same from a file, from texts and from stored rows', () => {
    fc.assert(
      fc.property(bundles, (raw) => {
        const bundle = checked(raw);
        const printed = printResult(bundle.sheet, scoreRound(bundle));
        expect(scoreFile(file(raw))).toEqual({ exitCode: 0, stdout: printed, stderr: '' });
        const rows = bundleFromSheets(bundle.sheet, raw.units, storedRows(raw), bundle.knockouts);
        if ('problems' in rows) throw new Error(JSON.stringify(rows.problems));
        expect(printResult(bundle.sheet, scoreRound(rows.value))).toBe(printed);
      }),
      { numRuns: 80 },
    );
  });

  test('keeps its bounds: total from 0, penalty to 0, no leaf over its most, ranks without gaps but for ties', () => {
    fc.assert(
      fc.property(bundles, (raw) => {
        const bundle = checked(raw);
        const { units } = scoreRound(bundle);
        for (const unit of units) {
          expect(unit.total.n >= 0n).toBe(true);
          expect(unit.penalty.n <= 0n).toBe(true);
          unit.leaves.forEach(({ exact }, index) => {
            const leaf = bundle.sheet.leaves[index];
            if (leaf) expect(compare(exact, leaf.maxPoints)).not.toBe(1);
            if (leaf && leaf.role !== 'penalty') expect(exact.n >= 0n).toBe(true);
          });
        }
        const ranks = units.flatMap(({ rank }) => rank ?? []).sort((a, b) => a - b);
        ranks.forEach((rank, index) => {
          expect(rank === index + 1 || rank === ranks[index - 1]).toBe(true);
        });
      }),
      { numRuns: 80 },
    );
  });

  test('is left as it was', () => {
    fc.assert(
      fc.property(bundles, (raw) => {
        const before = JSON.stringify(raw);
        expect(engineScore(raw)).toEqual(engineScore(raw));
        expect(JSON.stringify(raw)).toBe(before);
      }),
      { numRuns: 30 },
    );
  });
});

describe('doing better', () => {
  const better = (a: string | undefined, b: string | undefined) => {
    const [left, right] = [parseDecimal(a ?? ''), parseDecimal(b ?? '')];
    return typeof left !== 'string' && typeof right !== 'string' && compare(left, right) >= 0;
  };

  test.each([
    ['LEADER_RELATIVE', 1],
    ['RATIO', 1],
    ['RATIO_INVERSE', -1],
  ])('under %s never lowers the own score', (formula, direction) => {
    const numbers = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(
        numbers,
        numbers,
        numbers,
        fc.integer({ min: 1, max: 300 }),
        (first, second, rival, target) => {
          const scoreOf = (actual: number) =>
            score(
              aBundle({
                units: 2,
                criteria: [aLeaf('L', '10', formula)],
                entries: [
                  selfEntry('U1', 'L', { target: String(target), actual: String(actual) }),
                  selfEntry('U2', 'L', { target: '100', actual: String(rival) }),
                ],
              }),
            )['U1']?.total;
          const [low, high] = [Math.min(first, second), Math.max(first, second)];
          const [worse, good] = direction > 0 ? [low, high] : [high, low];
          expect(better(scoreOf(good), scoreOf(worse))).toBe(true);
        },
      ),
    );
  });

  test('in the eyes of one scorer never lowers the own total', () => {
    const points = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 2, maxLength: 7 });
    const aggregate = fc.constantFrom('mean', 'median', 'trimmed-mean');
    fc.assert(
      fc.property(points, aggregate, fc.integer({ min: 0, max: 10 }), (given, how, raised) => {
        const totalOf = (all: number[]) =>
          score(
            aBundle({
              units: 8,
              criteria: [aLeaf('L', '10', 'DIRECT')],
              entries: all.map((value, index) => ({
                unit: 'U1',
                criterion: 'L',
                layer: 'cluster',
                scorer: `U${index + 2}`,
                points: String(value),
              })),
              sheet: { crossScore: { aggregate: how } },
            }),
          )['U1']?.total;
        const [first = 0, ...rest] = given;
        expect(better(totalOf([Math.max(first, raised), ...rest]), totalOf(given))).toBe(true);
      }),
    );
  });
});

describe('a large round', () => {
  /** A fixed sequence of numbers that look like chance, so that a failure comes again. */
  function sequence(seed: number) {
    let state = seed;
    return (min: number, max: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return min + (state % (max - min + 1));
    };
  }

  test.each([
    [9, 176, 1],
    [12, 40, 2],
    [12, 40, 3],
  ])('of %i units and %i leaves scores as the naive oracle does', (units, leaves, seed) => {
    const raw = makeBundle(sequence(seed), { units, leaves, filled: 95 });
    expect(raw.sheet.criteria.length).toBeGreaterThan(leaves);
    expect(engineScore(raw)).toEqual(oracleScore(raw));
  });
});
