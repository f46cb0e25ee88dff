import { compare, divide, sum, whole, type Exact } from './exact.ts';
import type { Aggregate } from './sheet.ts';

/**
 * One number from the points of several scorers: the mean; the median, with the mean of the middle two; or
 * the mean without one highest and one lowest where there are three or more. Throws RangeError on no points.
 */
export function aggregatePoints(points: readonly Exact[], how: Aggregate): Exact {
  const [only] = points;
  if (only !== undefined && points.length === 1) return only;
  if (how === 'median') return mean(middle(points));
  if (how === 'trimmed-mean' && points.length >= 3) return mean([...points].sort(compare).slice(1, -1));
  return mean(points);
}

function mean(points: readonly Exact[]): Exact {
  return divide(sum(points), whole(points.length));
}

function middle(points: readonly Exact[]): Exact[] {
  const half = Math.floor((points.length - 1) / 2);
  return [...points].sort(compare).slice(half, points.length - half);
}
