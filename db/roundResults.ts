import type { Knex } from 'knex';
import { json } from './connect.ts';

/** A computed result with all that it was computed from. Superseded ones stay. */
export interface RoundResultRow {
  id: string;
  round_id: string;
  /** The engine's name and version. */
  engine: string;
  /** The score bundle of contract.md §5, decimals as texts. */
  inputs: unknown;
  /** The output of contract.md §5, decimals as texts. */
  result: unknown;
  /** SHA-256 of the canonical JSON of engine, inputs and result. */
  hash: string;
  computed_at: Date;
  superseded_at: Date | null;
  superseded_reason: string | null;
}

export async function insertRoundResult(
  trx: Knex.Transaction,
  row: Omit<RoundResultRow, 'superseded_at' | 'superseded_reason'>,
): Promise<void> {
  await trx('round_results').insert({ ...row, inputs: json(row.inputs), result: json(row.result) });
}

/** The result that stands, or null. */
export async function standingResult(db: Knex, roundId: string): Promise<RoundResultRow | null> {
  const query = db<RoundResultRow>('round_results').where({ round_id: roundId });
  return (await query.whereNull('superseded_at').first()) ?? null;
}

/** All results of a round, oldest first. */
export function resultsOf(db: Knex, roundId: string): Promise<RoundResultRow[]> {
  return db<RoundResultRow>('round_results').where({ round_id: roundId }).orderBy('computed_at').select('*');
}

/** Results of all rounds, in order of id, those after `after`. */
export function pageOfRoundResults(
  db: Knex,
  { limit, after }: { limit: number; after: string | null },
): Promise<RoundResultRow[]> {
  const query = db<RoundResultRow>('round_results').orderBy('id').limit(limit).select('*');
  return after === null ? query : query.where('id', '>', after);
}

/** Marks the standing result of a round as superseded; it stays in the record. */
export async function supersedeResult(
  trx: Knex.Transaction,
  roundId: string,
  superseded: { at: Date; reason: string },
): Promise<void> {
  await trx<RoundResultRow>('round_results')
    .where({ round_id: roundId })
    .whereNull('superseded_at')
    .update({ superseded_at: superseded.at, superseded_reason: superseded.reason });
}
