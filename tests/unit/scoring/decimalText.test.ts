import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDecimal, printDecimal } from '../../../services/scoring/decimalText.ts';
import type { Exact } from '../../../services/scoring/exact.ts';

function parsed(text: string): Exact {
  const value = parseDecimal(text);
  if (typeof value === 'string') throw new Error(`${text}: ${value}`);
  return value;
}

describe('parseDecimal', () => {
  test.each([
    ['7', '7'],
    ['7.50', '7.5'],
    ['-3.25', '-3.25'],
    ['0', '0'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['0.1', '0.1'],
    ['1e2', '100'],
    ['1.5E+3', '1500'],
    ['25e-1', '2.5'],
    ['1e-7', '0.0000001'],
    ['0e999999999999', '0'],
    ['123456789012345678901234567890.5', '123456789012345678901234567890.5'],
    ['1e308', `1${'0'.repeat(308)}`],
  ])('reads %s as it is written', (text, shown) => {
    expect(printDecimal(parsed(text))).toBe(shown);
  });

  test.each(['', '.5', '5.', '+5', '05', '1,5', ' 5', 'NaN', 'Infinity', '0x10', '1e', '1_000', '١'])(
    'does not take %p for a number',
    (text) => {
      expect(parseDecimal(text)).toBe('notANumber');
    },
  );

  test.each([
    '1e400',
    '-1e309',
    '1e-401',
    '1e999999999999999999999',
    `9${'0'.repeat(400)}`,
    '1e-99999999999',
  ])('refuses %s as out of range without computing it', (text) => {
    expect(parseDecimal(text)).toBe('outOfRange');
  });

  test('gives back any decimal that is written', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 25 }), (n, places) => {
        const digits = (n < 0n ? -n : n).toString().padStart(places + 1, '0');
        const text = `${n < 0n ? '-' : ''}${digits.slice(0, digits.length - places)}.${digits.slice(digits.length - places)}0`;
        const value = parsed(text);
        expect(value.n * 10n ** BigInt(places)).toBe(n * value.d);
        expect(parsed(printDecimal(value)).n * value.d).toBe(value.n * parsed(printDecimal(value)).d);
      }),
    );
  });
});

describe('printDecimal', () => {
  test.each([
    [{ n: 1n, d: 3n }, '0.333333333333'],
    [{ n: -2n, d: 3n }, '-0.666666666667'],
    [{ n: 1n, d: 8n }, '0.125'],
    [{ n: 1n, d: 2n ** 20n }, '0.00000095367431640625'],
    [{ n: 6n, d: 3n }, '2'],
    [{ n: 0n, d: 7n }, '0'],
    [{ n: 1230n, d: 100n }, '12.3'],
    [{ n: -5n, d: 1000n }, '-0.005'],
  ])('writes %p without exponent and needless zeros', (value, text) => {
    expect(printDecimal(value)).toBe(text);
  });
});
