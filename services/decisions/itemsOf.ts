import type { DecisionCase, DecisionItemView } from '../../db/views/decisionCases.ts';

/** The items of a decision that was read whole. Throws for one that was read for a list: a fault of ours. */
export function itemsOf({ id, items }: Pick<DecisionCase, 'id' | 'items'>): DecisionItemView[] {
  if (items === null) throw new Error(`decision ${id} was read without its items`);
  return items;
}
