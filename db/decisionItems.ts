import type { Knex } from 'knex';
import { json } from './connect.ts';

/**
 * What a decision is about: a case that it awards, or an award (of that case) that it takes back or corrects.
 * `ordinal` is the place in the list, from 1.
 */
export interface DecisionItemRow {
  decision_id: string;
  nomination_id: string;
  ordinal: number;
  award_id: string | null;
  reason: string | null;
  /** The name as a correction would have it. */
  recipient_name: string | null;
}

/** Lists the items, thousands in one statement. */
export async function insertDecisionItems(
  trx: Knex.Transaction,
  rows: readonly DecisionItemRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await trx.raw(
    `insert into decision_items (decision_id, nomination_id, ordinal, award_id, reason, recipient_name)
       select decision_id, nomination_id, ordinal, award_id, reason, recipient_name
         from jsonb_to_recordset(?::jsonb) as x (
           decision_id uuid, nomination_id uuid, ordinal integer, award_id uuid, reason text, recipient_name text)`,
    [json(rows)],
  );
}

/** Empties the list of a draft. */
export async function deleteDecisionItems(trx: Knex.Transaction, decisionId: string): Promise<void> {
  await trx('decision_items').where({ decision_id: decisionId }).delete();
}
