import type { Exact } from './exact.ts';

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
