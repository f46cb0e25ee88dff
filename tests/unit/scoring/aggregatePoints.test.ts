import { describe, expect, test } from '@jest/globals';
import { aggregatePoints } from '../../../services/scoring/aggregatePoints.ts';
import { parseDecimal, printDecimal } from '../../../services/scoring/decimalText.ts';
import type { Aggregate } from '../../../services/scoring/sheet.ts';

function aggregate(how: Aggregate, ...texts: string[]): string {
  const points = texts.map(parseDecimal).filter((value) => typeof value !== 'string');
  return printDecimal(aggregatePoints(points, how));
}

describe('aggregatePoints', () => {
  test.each<[Aggregate, string[], string]>([
    ['mean', ['7'], '7'],
    ['mean', ['8.75', '8.25', '8.25'], '8.416666666667'],
    ['mean', ['0.1', '0.2', '0.3'], '0.2'],
    ['median', ['9'], '9'],
    ['median', ['9', '2'], '5.5'],
    ['median', ['9', '2', '7.5'], '7.5'],
    ['median', ['10', '9', '2', '7.5'], '8.25'],
    ['median', ['10', '2', '10', '2.0'], '6'],
    ['trimmed-mean', ['4'], '4'],
    ['trimmed-mean', ['4', '9'], '6.5'],
    ['trimmed-mean', ['4', '9', '5'], '5'],
    ['trimmed-mean', ['10', '10', '0', '0', '7'], '5.666666666667'],
    ['trimmed-mean', ['8', '8', '8', '8'], '8'],
  ])('%s of %p is %s', (how, points, expected) => {
    expect(aggregate(how, ...points)).toBe(expected);
    expect(aggregate(how, ...[...points].reverse())).toBe(expected);
  });

  test('has no answer without points', () => {
    expect(() => aggregatePoints([], 'mean')).toThrow(RangeError);
  });
});
