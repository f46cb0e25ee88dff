import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { neededVotes, quorumMet, votePasses } from '../../../services/rules/thresholds.ts';

const share = (num: number, den: number) => ({ minimum: { num, den }, quorum: { num, den } });

const shares = fc
  .tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }))
  .map(([a, b]) => share(Math.min(a, b), Math.max(a, b)));
const bases = fc.integer({ min: 1, max: 5000 });

describe('neededVotes', () => {
  test.each([
    [9, 10, 9, 9],
    [9, 10, 11, 10],
    [9, 10, 13, 12],
    [9, 10, 15, 14],
    [9, 10, 17, 16],
    [4, 5, 9, 8],
    [4, 5, 11, 9],
    [4, 5, 13, 11],
    [4, 5, 15, 12],
    [4, 5, 17, 14],
    [2, 3, 9, 6],
    [2, 3, 10, 7],
    [1, 1, 13, 13],
    [1, 1000, 13, 1],
  ])('%i/%i of %i is %i', (num, den, base, needed) => {
    expect(neededVotes(share(num, den), base)).toBe(needed);
  });

  test('is the smallest number of votes that passes, and more always pass', () => {
    fc.assert(
      fc.property(shares, bases, (rule, base) => {
        const needed = neededVotes(rule, base);
        expect(needed).toBeGreaterThanOrEqual(1);
        expect(needed).toBeLessThanOrEqual(base);
        expect(votePasses(rule, { yes: needed, base })).toBe(true);
        expect(votePasses(rule, { yes: needed - 1, base })).toBe(false);
        expect(votePasses(rule, { yes: base, base })).toBe(true);
      }),
    );
  });

  test.each([0, -1, 2.5, Number.NaN, 2 ** 53])('refuses a base of %p', (base) => {
    expect(() => neededVotes(share(1, 2), base)).toThrow(RangeError);
  });
});

describe('votePasses', () => {
  test('nobody saying yes never passes', () => {
    fc.assert(
      fc.property(shares, bases, (rule, base) => {
        expect(votePasses(rule, { yes: 0, base })).toBe(false);
      }),
    );
  });

  test('is not fooled by a percent that rounds up: 8 of 9 are 88.9 %, not 90 %', () => {
    expect(votePasses(share(9, 10), { yes: 8, base: 9 })).toBe(false);
    expect(votePasses(share(9, 10), { yes: 9, base: 10 })).toBe(true);
    expect(votePasses(share(2, 3), { yes: 2, base: 3 })).toBe(true);
  });

  test.each([
    { yes: 4, base: 3 },
    { yes: -1, base: 3 },
    { yes: 1.5, base: 3 },
    { yes: 0, base: 0 },
  ])('refuses $yes of $base', (count) => {
    expect(() => votePasses(share(1, 2), count)).toThrow(RangeError);
  });
});

describe('quorumMet', () => {
  test.each([
    [8, 13, false],
    [9, 13, true],
    [8, 12, true],
    [7, 12, false],
    [0, 0, false],
    [0, 5, false],
    [5, 5, true],
  ])('two thirds: %i of %i is %p', (present, total, expected) => {
    expect(quorumMet(share(2, 3), present, total)).toBe(expected);
  });

  test('refuses more present than there are', () => {
    expect(() => quorumMet(share(2, 3), 6, 5)).toThrow(RangeError);
  });
});
