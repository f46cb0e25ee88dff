import type { Entry } from './entry.ts';

/** Who scored, from weak to strong: the strongest layer that is present counts. */
export const layers = ['self', 'cluster', 'department', 'verified'] as const;
export type Layer = (typeof layers)[number];

/**
 * The entries of a round by unit, leaf and layer, all given by position. One flat list of slots, because a
 * round holds tens of thousands of entries and a map keyed by texts would cost more than the scoring.
 */
export interface EntryTable {
  readonly leafCount: number;
  readonly slots: (Entry[] | undefined)[];
}

export function createEntryTable(unitCount: number, leafCount: number): EntryTable {
  return { leafCount, slots: new Array<Entry[] | undefined>(unitCount * leafCount * layers.length) };
}

/** The entries of one layer, in the order in which they came in; an empty list is kept for a first look. */
export function entriesOf(table: EntryTable, unit: number, leaf: number, layer: Layer): Entry[] {
  const slot = (unit * table.leafCount + leaf) * layers.length + layers.indexOf(layer);
  return (table.slots[slot] ??= []);
}

/** The entries that count for a leaf of a unit: those of the strongest layer that has any. */
export function strongestEntries(
  table: EntryTable,
  unit: number,
  leaf: number,
): { layer: Layer; entries: readonly Entry[] } | null {
  const first = (unit * table.leafCount + leaf) * layers.length;
  for (let strength = layers.length - 1; strength >= 0; strength -= 1) {
    const entries = table.slots[first + strength];
    const layer = layers[strength];
    if (layer !== undefined && entries !== undefined && entries.length > 0) return { layer, entries };
  }
  return null;
}
