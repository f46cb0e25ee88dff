import type { Knex } from 'knex';

export type DecisionKind = 'award' | 'revocation' | 'correction';

/** A decision on paper: what it is called, who signed it in which capacity, its number and date of issue. */
export interface DecisionRow {
  id: string;
  kind: DecisionKind;
  title: string;
  /** The year in which it was drafted. */
  year: number;
  signatory: string | null;
  capacity: string | null;
  signed_by: string | null;
  number: string | null;
  issued_on: string | null;
}

/** The name of the rule that a number is used once a year. */
export const NUMBER_ONCE_A_YEAR = 'decisions_number_once_a_year';

export async function insertDecision(
  trx: Knex.Transaction,
  row: Pick<DecisionRow, 'id' | 'kind' | 'title' | 'year'>,
): Promise<void> {
  await trx<DecisionRow>('decisions').insert(row);
}

export async function storeSignature(
  trx: Knex.Transaction,
  id: string,
  signature: { signatory: string | null; capacity: string | null; signed_by: string | null },
): Promise<void> {
  await trx<DecisionRow>('decisions').where({ id }).update(signature);
}

/** Gives the decision its number; a refusal of NUMBER_ONCE_A_YEAR says that it is taken. */
export async function storeNumber(
  trx: Knex.Transaction,
  id: string,
  issue: { number: string; issued_on: string },
): Promise<void> {
  await trx<DecisionRow>('decisions').where({ id }).update(issue);
}
