import type { Knex } from 'knex';
import { json } from './connect.ts';

/** A member's points for a case: criterion code → decimal. `member_id` null: kept without a name. */
export interface CouncilSheetRow {
  id: string;
  session_id: string;
  nomination_id: string;
  member_id: string | null;
  points: Readonly<Record<string, string>>;
  handed_in: boolean;
  updated_at: Date;
}

/** Saves a member's sheet; the newest points count. The database refuses it once the scoring is closed. */
export async function saveCouncilSheet(trx: Knex.Transaction, row: CouncilSheetRow): Promise<void> {
  await trx('council_sheets')
    .insert({ ...row, points: json(row.points) })
    .onConflict(['session_id', 'nomination_id', 'member_id'])
    .merge(['points', 'handed_in', 'updated_at']);
}

/**
 * Puts these sheets in the place of all that a case has: new rows, so that neither key, time nor order tells whose
 * they were. The caller gives them random ids and an order that does not come from the members.
 */
export async function replaceCouncilSheets(
  trx: Knex.Transaction,
  { sessionId, nominationId }: { sessionId: string; nominationId: string },
  rows: readonly CouncilSheetRow[],
): Promise<void> {
  await trx('council_sheets').where({ session_id: sessionId, nomination_id: nominationId }).delete();
  if (rows.length === 0) return;
  await trx('council_sheets').insert(rows.map((row) => ({ ...row, points: json(row.points) })));
}
