import type { Exact } from './exact.ts';
import type { EntryTable } from './entryTable.ts';
import type { Sheet } from './sheet.ts';

/** What a scorer says about one leaf. `notAssigned`: the leaf is not this unit's, whatever it did. */
export type Input =
  | { readonly kind: 'achieved'; readonly achieved: boolean }
  | { readonly kind: 'points'; readonly points: Exact }
  | { readonly kind: 'target'; readonly target: Exact; readonly actual: Exact }
  | { readonly kind: 'count'; readonly count: Exact }
  | { readonly kind: 'value'; readonly value: Exact }
  | { readonly kind: 'level'; readonly level: string }
  | { readonly kind: 'notAssigned'; readonly actual: Exact | null };

/** One scorer's input for one leaf of one unit in one layer; `scorer` is null where nobody is named. */
export interface Entry {
  readonly scorer: string | null;
  readonly input: Input;
}

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
