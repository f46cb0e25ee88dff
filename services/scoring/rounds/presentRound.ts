import type { ScoreLayer } from '../../../db/scoreSheets.ts';
import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import type { Actor } from '../../accounts/actor.ts';
import type { HistoryWords } from '../../workflow/capability.ts';
import { maySeeSheet, overseesRounds } from './sheetVisibility.ts';

/** The round's own fields: who takes part, and how far each unit is. What sheets say is not among them. */
export function presentRound(row: ScoringRoundCase, viewer: Actor): Record<string, unknown> {
  const { round, members } = row;
  return {
    title: round.title,
    year: round.year,
    clusterId: round.cluster_id,
    clusterName: row.cluster_name,
    sheetId: round.sheet_id,
    sheetTitle: row.sheet_title,
    movementId: round.movement_id,
    members: members.map((member) => ({
      ...member,
      selfHandedIn: handedIn(row, 'self', member.unitId) > 0,
      clusterSheetsHandedIn: handedIn(row, 'cluster', member.unitId),
      clusterSheetsOwed: members.length - 1,
    })),
    assessors: row.assessors,
    deadlines: row.deadlines
      .filter(({ closed_on }) => closed_on === null)
      .map(({ kind, owed_unit_id, due_on }) => ({ kind, unitId: owed_unit_id, dueOn: due_on })),
    knockouts: mayReadKnockouts(row, viewer) ? round.knockouts : null,
  };
}

/** How many sheets of that layer the unit has handed in as their scorer. */
function handedIn({ sheets }: ScoringRoundCase, layer: ScoreLayer, scorer: string): number {
  return sheets.filter((sheet) => sheet.layer === layer && sheet.scorer_unit_id === scorer && sheet.handed_in)
    .length;
}

function mayReadKnockouts({ state }: ScoringRoundCase, viewer: Actor): boolean {
  return state === 'finalized' || overseesRounds(viewer);
}

/** What a history event of a round says: figures of a sheet only to those who may read the sheet. */
export function presentRoundWords(
  row: ScoringRoundCase,
  { type, detail }: HistoryWords,
  viewer: Actor,
): unknown {
  if (type === 'knockoutsSet') return mayReadKnockouts(row, viewer) ? detail : null;
  if (type !== 'scoreSheetSaved') return detail;
  const { unitId, layer, scorerUnitId } = detail as SavedSheetDetail;
  if (maySeeSheet(row, { layer, scorer_unit_id: scorerUnitId }, viewer)) return detail;
  return { unitId, layer, scorerUnitId };
}

/** How a saved sheet is told in the record. */
interface SavedSheetDetail {
  unitId: string;
  layer: ScoreLayer;
  scorerUnitId: string | null;
}
