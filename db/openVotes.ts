import type { Knex } from 'knex';

export const choices = ['yes', 'no', 'abstain'] as const;
export type Choice = (typeof choices)[number];

/** A member's vote in an OPEN ballot, by name. */
export interface OpenVoteRow {
  ballot_id: string;
  member_id: string;
  choice: Choice;
  cast_at: Date;
}

/**
 * Casts a vote, once: the database refuses a second one, one of somebody not on the roll, one after the close, and
 * one in a ballot that is not open.
 */
export async function insertOpenVote(trx: Knex.Transaction, row: OpenVoteRow): Promise<void> {
  await trx('open_votes').insert({ ...row, method: 'open', stage: 'open' });
}
