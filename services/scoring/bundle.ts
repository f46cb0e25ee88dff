import type { EntryTable } from './entryTable.ts';
import type { Sheet } from './sheet.ts';

export interface Unit {
  readonly code: string;
}

export const knockoutEffects = ['exclude', 'hold'] as const;

/** Điểm liệt: `exclude` takes a unit's rank, `hold` only flags it. */
export interface Knockout {
  readonly unit: string;
  readonly code: string;
  readonly effect: (typeof knockoutEffects)[number];
}

/** All that a round's result is computed from; made by checkBundle or bundleFromSheets, never by hand. */
export interface Bundle {
  readonly sheet: Sheet;
  readonly units: readonly Unit[];
  readonly entries: EntryTable;
  readonly knockouts: readonly Knockout[];
}
