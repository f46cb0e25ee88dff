import type { Knex } from 'knex';
import { insertAwards, type EnteredAward } from '../../db/awards.ts';
import type { Ports } from '../ports.ts';
import { toPublicCode } from './publicCode.ts';

/** One decision's awards, in the order in which they enter the golden book. */
export interface AwardsToRecord {
  nominationIds: readonly string[];
  /** The decision that is being issued in this transaction; null where a higher authority decided. */
  decisionId: string | null;
  number: string;
  /** YYYY-MM-DD; its year is the year of the golden book. */
  date: string;
  /** Who decided; null: the authority that the award's rule names. */
  authority: string | null;
}

/**
 * Enters awards into the golden book: numbers without a gap in the book of the decision's year, a public code
 * each, and the recipient as the nomination names it today. One statement, however many. When the transaction
 * commits, the database asks for the issued decision, or for the granted row in higher_decisions.
 */
export async function recordAwards(
  trx: Knex.Transaction,
  { newId, randomHex }: Pick<Ports, 'newId' | 'randomHex'>,
  decided: AwardsToRecord,
  recordedAt: Date,
): Promise<EnteredAward[]> {
  const entered = await insertAwards(trx, {
    decisionId: decided.decisionId,
    decidedOn: decided.date,
    decisionNumber: decided.number,
    authority: decided.authority,
    recordedAt,
    awards: decided.nominationIds.map((nominationId) => ({
      id: newId(),
      nomination_id: nominationId,
      public_code: toPublicCode(randomHex(16)),
    })),
  });
  if (entered.length !== decided.nominationIds.length) {
    throw new Error(`${decided.nominationIds.length} awards were to be entered, ${entered.length} were`);
  }
  return entered;
}
