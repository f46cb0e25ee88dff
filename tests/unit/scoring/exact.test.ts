import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDecimal, printDecimal } from '../../../services/scoring/decimalText.ts';
import {
  add,
  compare,
  divide,
  multiply,
  roundHalfAway,
  subtract,
  sum,
  ZERO,
  type Exact,
} from '../../../services/scoring/exact.ts';

const exacts = fc.record({
  n: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  d: fc.bigInt({ min: 1n, max: 10n ** 6n }),
});

function same(a: Exact, n: bigint, d: bigint): boolean {
  return a.d > 0n && a.n * d === n * a.d;
}

function rounded(text: string, scale: number): string {
  const value = parseDecimal(text);
  if (typeof value === 'string') throw new Error(text);
  return printDecimal(roundHalfAway(value, scale));
}

describe('roundHalfAway', () => {
  // In binary doubles 1.005, 2.675, 8.165, 1.45 and 10.235 lie below the half that is written.
  test.each([
    ['1.005', 2, '1.01'],
    ['2.675', 2, '2.68'],
    ['8.165', 2, '8.17'],
    ['10.235', 2, '10.24'],
    ['1.45', 1, '1.5'],
    ['4.35', 1, '4.4'],
    ['0.285', 2, '0.29'],
    ['5.015', 2, '5.02'],
    ['-2.675', 2, '-2.68'],
    ['-0.5', 0, '-1'],
    ['0.5', 0, '1'],
    ['1.5', 0, '2'],
    ['2.5', 0, '3'],
    ['2.4999999999999999999', 0, '2'],
    ['-0.004', 2, '0'],
    ['7', 2, '7'],
    ['9007199254740993.5', 0, '9007199254740994'],
  ])('rounds %s to %i places as %s', (text, scale, expected) => {
    expect(rounded(text, scale)).toBe(expected);
  });

  test('moves no value by more than half a unit of the last place', () => {
    fc.assert(
      fc.property(exacts, fc.integer({ min: 0, max: 6 }), (value, scale) => {
        const error = subtract(roundHalfAway(value, scale), value);
        const half = { n: 1n, d: 2n * 10n ** BigInt(scale) };
        expect(compare(error, half)).not.toBe(1);
        expect(compare(error, { n: -half.n, d: half.d })).not.toBe(-1);
      }),
    );
  });
});

describe('exact arithmetic', () => {
  test('adds, subtracts, multiplies and divides as fractions do', () => {
    fc.assert(
      fc.property(exacts, exacts, (a, b) => {
        expect(same(add(a, b), a.n * b.d + b.n * a.d, a.d * b.d)).toBe(true);
        expect(same(subtract(a, b), a.n * b.d - b.n * a.d, a.d * b.d)).toBe(true);
        expect(same(multiply(a, b), a.n * b.n, a.d * b.d)).toBe(true);
        if (b.n !== 0n) expect(same(multiply(divide(a, b), b), a.n, a.d)).toBe(true);
      }),
    );
  });

  test('orders fractions by their cross products', () => {
    fc.assert(
      fc.property(exacts, exacts, (a, b) => {
        const [left, right] = [a.n * b.d, b.n * a.d];
        expect(compare(a, b)).toBe(left < right ? -1 : left > right ? 1 : 0);
      }),
    );
  });

  test('sums in any order to the same number', () => {
    fc.assert(
      fc.property(fc.array(exacts, { maxLength: 12 }), (values) => {
        const forward = sum(values);
        const backward = sum([...values].reverse());
        expect(compare(forward, backward)).toBe(0);
        expect(compare(forward, values.reduce(add, ZERO))).toBe(0);
      }),
    );
  });

  test('refuses to divide by zero', () => {
    expect(() => divide({ n: 1n, d: 1n }, ZERO)).toThrow(RangeError);
  });
});
