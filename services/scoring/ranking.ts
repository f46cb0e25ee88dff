import { compare, type Exact } from './exact.ts';
import type { ClassBand } from './sheet.ts';

/**
 * Ranks from 1, highest first; `keys` are compared in order, so later ones break ties. Equal keys share a
 * rank and the next rank is skipped (1, 1, 3). Who has no key has no rank and uses none up.
 */
export function rankHighestFirst(keys: readonly (readonly Exact[] | null)[]): (number | null)[] {
  const ranks: (number | null)[] = keys.map(() => null);
  const ranked = keys.flatMap((key, index) => (key === null ? [] : [{ key, index }]));
  ranked.sort((a, b) => compareKeys(b.key, a.key));
  ranked.forEach(({ key, index }, position) => {
    const before = ranked[position - 1];
    const tied = before !== undefined && compareKeys(before.key, key) === 0;
    ranks[index] = tied ? (ranks[before.index] ?? null) : position + 1;
  });
  return ranks;
}

function compareKeys(a: readonly Exact[], b: readonly Exact[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index];
    const order = other === undefined ? 0 : compare(value, other);
    if (order !== 0) return order;
  }
  return 0;
}

/** The class whose `atLeast` the exact percent reaches, the highest first; null below all of them. */
export function classify(percent: Exact, classification: readonly ClassBand[]): string | null {
  return classification.find(({ atLeast }) => compare(percent, atLeast) >= 0)?.code ?? null;
}
