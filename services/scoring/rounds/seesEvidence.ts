import type { Knex } from 'knex';
import { sheetsWithFile } from '../../../db/scoreSheets.ts';
import type { Actor } from '../../accounts/actor.ts';
import { officeFor } from '../../workflow/policy.ts';
import { scoringRoundCapability } from './scoringRoundCapability.ts';
import { maySeeSheet } from './sheetVisibility.ts';

/** Whether a file is evidence in a score sheet that the actor may read. */
export async function seesEvidence(
  db: Knex,
  { fileId, actor, today }: { fileId: string; actor: Actor; today: string },
): Promise<boolean> {
  const sheets = await sheetsWithFile(db, fileId);
  if (sheets.length === 0) return false;
  const ids = [...new Set(sheets.map(({ round_id }) => round_id))];
  const rounds = await scoringRoundCapability.readCases(db, ids, today);
  return rounds
    .filter((row) => officeFor(scoringRoundCapability.policy, 'view', actor, row) !== null)
    .some((row) => sheets.some((sheet) => sheet.round_id === row.id && maySeeSheet(row, sheet, actor)));
}
