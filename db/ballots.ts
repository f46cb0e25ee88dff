import type { Knex } from 'knex';
import { json } from './connect.ts';

/** A ballot as it was opened. `base`, `needed` and `roll_size` are fixed with it, before anybody votes. */
export interface BallotRow {
  id: string;
  session_id: string;
  nomination_id: string;
  round: number;
  method: 'open' | 'secret' | 'written';
  rule: unknown;
  base: number;
  needed: number;
  roll_size: number;
  reason: string | null;
  opened_at: Date;
}

/** Opens a ballot with its roll: the members who may vote, and nobody else from then on. */
export async function insertBallot(
  trx: Knex.Transaction,
  row: BallotRow,
  roll: readonly string[],
): Promise<void> {
  await trx('ballots').insert({ ...row, rule: json(row.rule) });
  await insertRoll(trx, row.id, 'open', roll);
}

/** How a ballot ended. The database refuses figures other than those of its votes. */
export interface BallotEnd {
  closed_at: Date;
  yes: number;
  passed: boolean;
  chair_order: string | null;
}

/** Closes a ballot; `roll`: who would have been entitled at that moment, kept beside the roll of its opening. */
export async function closeBallot(
  trx: Knex.Transaction,
  id: string,
  end: BallotEnd,
  roll: readonly string[],
): Promise<void> {
  await trx('ballots')
    .where({ id })
    .update({ ...end });
  await insertRoll(trx, id, 'close', roll);
}

async function insertRoll(
  trx: Knex.Transaction,
  ballotId: string,
  stage: 'open' | 'close',
  members: readonly string[],
): Promise<void> {
  if (members.length === 0) return;
  await trx('ballot_roll').insert(members.map((member_id) => ({ ballot_id: ballotId, member_id, stage })));
}
