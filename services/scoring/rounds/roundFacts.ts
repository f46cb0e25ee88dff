import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import type { Facts } from '../../../workflows/workflow.ts';

/** What of a round its facts ask about. */
type FactSource = Pick<
  ScoringRoundCase,
  'sheet_published' | 'member_unit_ids' | 'assessor_unit_ids' | 'deadlines' | 'sheets'
>;

/** The facts that a round's guards ask for, on the day `today`. Pure. */
export function roundFacts(row: FactSource, today: string): Facts {
  return {
    sheetReady: row.sheet_published && row.member_unit_ids.length >= 2,
    selfScoringClosable: nothingOwed(row, 'selfScoring', today),
    crossScoringClosable:
      isOver(row, 'crossScoring', today) ||
      (nothingOwed(row, 'crossScoring', today) && departmentsAreDone(row)),
    // Explanations of marked-down criteria are not collected yet, so none can be outstanding.
    explanationClosable: true,
    resultComputable: row.sheets.some(({ filled }) => filled),
  };
}

/**
 * Nobody owes the stage any more: each part is handed in (which closes its deadline) or its time is over.
 * The deadlines are asked, not the sheets, so that a stage that was opened again waits for everybody again.
 */
function nothingOwed(row: FactSource, kind: string, today: string): boolean {
  return row.deadlines.every(
    (deadline) => deadline.kind !== kind || deadline.closed_on !== null || deadline.due_on < today,
  );
}

/** The stage's time is over for all, whether they handed in or not. */
function isOver(row: FactSource, kind: string, today: string): boolean {
  const ofStage = row.deadlines.filter((deadline) => deadline.kind === kind);
  return ofStage.length > 0 && ofStage.every(({ due_on }) => due_on < today);
}

/** Every department that scores criteria has handed in a sheet for every other unit of the cluster. */
function departmentsAreDone({ assessor_unit_ids, member_unit_ids, sheets }: FactSource): boolean {
  const done = new Set(
    sheets
      .filter(({ layer, handed_in }) => layer === 'department' && handed_in)
      .map(({ scorer_unit_id, unit_id }) => `${scorer_unit_id ?? ''}/${unit_id}`),
  );
  return assessor_unit_ids.every((assessor) =>
    member_unit_ids.every((unit) => unit === assessor || done.has(`${assessor}/${unit}`)),
  );
}
