/** Names every item that equals an earlier one; a null, already reported, equals nothing. */
export function reportRepeats<T>(
  items: readonly (T | null)[] | null,
  order: (a: T, b: T) => number,
  report: (index: number) => void,
): void {
  const good = (items ?? []).flatMap((item, index) => (item === null ? [] : [{ item, index }]));
  good.sort((a, b) => order(a.item, b.item) || a.index - b.index);
  for (const [position, { item, index }] of good.entries()) {
    const before = good[position - 1];
    if (before !== undefined && order(before.item, item) === 0) report(index);
  }
}

export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
