import type { ScoreCell, ScoreLayer, ScoreSheetRow } from '../../../db/scoreSheets.ts';
import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import { bundleFormat } from '../checkBundle.ts';
import { layers } from '../entryTable.ts';

/** One entry of a score bundle, decimals as texts. */
type InputEntry = Omit<ScoreCell, 'note' | 'reason' | 'evidence'> & {
  unit: string;
  criterion: string;
  layer: ScoreLayer;
  scorer?: string;
};

/** A score bundle (contract.md §5) as it is stored with a result: decimals are texts. */
export interface RoundInputs {
  format: typeof bundleFormat;
  sheet: unknown;
  units: { code: string; name: string }[];
  entries: InputEntry[];
  knockouts: { unit: string; code: string; effect: 'exclude' | 'hold' }[];
}

/**
 * All that a round's result is computed from, in one order whatever the order of the rows: units by code,
 * entries by unit, criterion, layer and scorer. Units and cross-scorers are the members of the day; what a
 * unit wrote that has left the cluster since does not count. Pure.
 */
export function roundInputs(
  { round, members, assessors }: Pick<ScoringRoundCase, 'round' | 'members' | 'assessors'>,
  sheetContent: unknown,
  sheets: readonly ScoreSheetRow[],
): RoundInputs {
  const memberCodes = new Map(members.map(({ unitId, code }) => [unitId, code]));
  const scorerCodes = new Map([...assessors, ...members].map(({ unitId, code }) => [unitId, code]));
  const entries = sheets.flatMap((row) => {
    const unit = memberCodes.get(row.unit_id);
    const scorer = row.scorer_unit_id === null ? undefined : scorerCodes.get(row.scorer_unit_id);
    if (unit === undefined) return [];
    if (row.layer === 'cluster' && !memberCodes.has(row.scorer_unit_id ?? '')) return [];
    return entriesOf(row, unit, row.layer === 'self' ? undefined : scorer);
  });
  return {
    format: bundleFormat,
    sheet: sheetContent,
    units: members.map(({ code, name }) => ({ code, name })),
    entries: entries.sort(byPlace),
    knockouts: round.knockouts.flatMap(({ unitId, code, effect }) => {
      const unit = memberCodes.get(unitId);
      return unit === undefined ? [] : [{ unit, code, effect }];
    }),
  };
}

function entriesOf({ layer, cells }: ScoreSheetRow, unit: string, scorer: string | undefined): InputEntry[] {
  return Object.entries(cells).map(
    ([criterion, { note: _note, reason: _reason, evidence: _files, ...inputs }]) => ({
      unit,
      criterion,
      layer,
      ...(scorer !== undefined && { scorer }),
      ...inputs,
    }),
  );
}

function byPlace(a: InputEntry, b: InputEntry): number {
  return (
    compareTexts(a.unit, b.unit) ||
    compareTexts(a.criterion, b.criterion) ||
    layers.indexOf(a.layer) - layers.indexOf(b.layer) ||
    compareTexts(a.scorer ?? '', b.scorer ?? '')
  );
}

/** In code-point order, the same on every machine. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
