import { z } from 'zod';
import type { ScoreSheetRow } from '../../../db/scoreSheets.ts';
import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import { isJudged } from '../checkInput.ts';
import { departmentOf } from './assessors.ts';
import type { RoundLeaf, RoundSheet } from './roundSheet.ts';

/** A sheet of a round as the API gives it. `missing`: leaves that are this scorer's and have no cell yet. */
export const scoreSheetSchema = z
  .object({
    unitId: z.uuid(),
    layer: z.enum(['self', 'cluster', 'department', 'verified']),
    scorerUnitId: z.uuid().nullable(),
    cells: z.record(z.string(), z.looseObject({})),
    handedIn: z.boolean(),
    missing: z.array(z.string()),
    revision: z.int(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'ScoreSheet' });

export function presentSheet(
  row: ScoringRoundCase,
  { leaves }: RoundSheet,
  sheet: ScoreSheetRow,
): z.input<typeof scoreSheetSchema> {
  const own = [...leaves.values()].filter((leaf) => isOwn(leaf, row, sheet));
  return {
    unitId: sheet.unit_id,
    layer: sheet.layer,
    scorerUnitId: sheet.scorer_unit_id,
    cells: { ...sheet.cells } as Record<string, Record<string, unknown>>,
    handedIn: sheet.handed_in,
    missing: own.map(({ leaf }) => leaf.code).filter((code) => !Object.hasOwn(sheet.cells, code)),
    revision: sheet.revision,
    updatedAt: sheet.updated_at.toISOString(),
  };
}

/** Whether every scorer of that layer is expected to score the leaf. */
function isOwn({ leaf, assessor }: RoundLeaf, row: ScoringRoundCase, sheet: ScoreSheetRow): boolean {
  if (sheet.layer === 'self') return true;
  if (sheet.layer === 'verified') return assessor === 'standing';
  if (sheet.layer === 'cluster') return assessor === 'cluster' && isJudged(leaf.formula.name);
  const scorer = row.assessors.find(({ unitId }) => unitId === sheet.scorer_unit_id)?.code;
  return departmentOf(assessor) === scorer;
}
