import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { meetDeadline, openDeadlines } from '../../../db/deadlines.ts';
import {
  findScoreSheet,
  saveScoreSheet as writeSheet,
  unitsHandedInBy,
  type ScoreCell,
  type ScoreCells,
  type ScoreLayer,
  type ScoreSheetKey,
  type ScoreSheetRow,
} from '../../../db/scoreSheets.ts';
import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import { lockInstance } from '../../../db/workflowInstances.ts';
import type { DeadlineKind } from '../../../workflows/effects.ts';
import type { Actor, Office } from '../../accounts/actor.ts';
import { canonicalJson } from '../../audit/canonicalJson.ts';
import { NotAllowedNow, StaleRevision, type Text } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import { momentOf } from '../../workflow/momentOf.ts';
import { recordFact } from '../../workflow/recordFact.ts';
import type { CellChanges } from './readCells.ts';
import type { RoundSheet } from './roundSheet.ts';
import { requireEvidence, requireUnconfirmed } from './sheetConditions.ts';

/** A sheet to save, whole or in part, by somebody who may (scoringRight). */
export interface SheetToSave {
  row: ScoringRoundCase;
  sheet: RoundSheet;
  layer: ScoreLayer;
  unitId: string;
  scorerUnitId: string | null;
  changes: CellChanges;
  handedIn: boolean | undefined;
  actor: Actor;
  office: Office;
  /** The sheet's revision that the caller saw; 0: it saw none. Null: whichever it is. */
  expectedRevision: number | null;
}

const STAGES: Record<ScoreLayer, { state: string; refusal: Text }> = {
  self: {
    state: 'selfScoring',
    refusal: { vi: 'Chỉ tự chấm ở bước tự chấm điểm.', en: 'Own sheets are written in self-scoring only.' },
  },
  cluster: {
    state: 'crossScoring',
    refusal: { vi: 'Chỉ chấm chéo ở bước chấm chéo.', en: 'Cross-scores are given in cross-scoring only.' },
  },
  department: {
    state: 'crossScoring',
    refusal: {
      vi: 'Sở, ngành chỉ chấm ở bước chấm chéo.',
      en: 'Departments score in cross-scoring only.',
    },
  },
  verified: {
    state: 'verification',
    refusal: { vi: 'Chỉ thẩm định ở bước thẩm định điểm.', en: 'Scores are verified in verification only.' },
  },
};

/**
 * Merges the changes into the stored sheet, and records who changed which figures. Handing in ends the part of
 * the scorer in the stage's deadline. Answers the sheet as it is then.
 * Throws StaleRevision; NotAllowedNow in another stage, for a figure that the other of lead and deputy has
 * confirmed, and for taking back what is handed in; InvalidInput for evidence that is none of the caller's files.
 */
export async function saveScoreSheet(
  trx: Knex.Transaction,
  ports: Ports,
  save: SheetToSave,
): Promise<ScoreSheetRow> {
  const { row, layer, changes } = save;
  const stage = STAGES[layer];
  const key: ScoreSheetKey = {
    round_id: row.id,
    unit_id: save.unitId,
    layer,
    scorer_unit_id: save.scorerUnitId,
  };
  // Locked before the sheet is read: two saves of one sheet come one after the other.
  const locked = await lockInstance(trx, row.id);
  const before = await findScoreSheet(trx, key);
  requireRevision(save.expectedRevision, before);
  if (locked.state !== stage.state) throw new NotAllowedNow('wrong-state', stage.refusal);
  if (before?.handed_in === true && save.handedIn === false) throw new NotAllowedNow('conflict', HANDED_IN);
  if (layer === 'cluster') await requireUnconfirmed(trx, key, save);
  await requireEvidence(trx, before?.cells ?? {}, save);

  const cells = before?.cells ?? {};
  const changed = changesBetween(cells, changes);
  const handedIn = save.handedIn ?? before?.handed_in ?? false;
  const isSame = before !== null && changed.length === 0 && before.handed_in === handedIn;
  // In a stage that was opened again, a sheet is handed in again even where nothing in it changes.
  const confirms = save.handedIn === true && (await owesPart(trx, key));
  if (isSame && !confirms) return before;

  await recordFact(trx, ports, {
    instanceId: row.id,
    type: 'scoreSheetSaved',
    actor: save.actor,
    officeId: save.office.id,
    detail: {
      unitId: save.unitId,
      layer,
      scorerUnitId: save.scorerUnitId,
      changes: Object.fromEntries(
        changed.map(({ code, from, to }) => [code, { from: told(from), to: told(to) }]),
      ),
      handedIn,
    },
    states: [stage.state],
    refusal: stage.refusal,
  });
  const { now, today } = momentOf(ports);
  const after: ScoreSheetRow = {
    ...key,
    id: before?.id ?? ports.newId(),
    cells: merge(cells, changes),
    handed_in: handedIn,
    revision: (before?.revision ?? 0) + 1,
    updated_by: save.actor.accountId,
    updated_at: now,
  };
  await writeSheet(trx, after);
  if (handedIn) await meetOwnPart(trx, row, key, today);
  return after;
}

const HANDED_IN: Text = {
  vi: 'Bản chấm đã nộp thì không rút lại được; vẫn sửa được đến khi kết thúc bước này.',
  en: 'A sheet that is handed in is not taken back; it can be corrected until the stage closes.',
};

function requireRevision(expected: number | null, before: ScoreSheetRow | null): void {
  const revision = before?.revision ?? 0;
  if (expected !== null && expected !== revision) throw new StaleRevision(revision);
}

interface CellChange {
  code: string;
  from: ScoreCell | null;
  to: ScoreCell | null;
}

function changesBetween(cells: ScoreCells, changes: CellChanges): CellChange[] {
  return Object.entries(changes)
    .map(([code, to]) => ({ code, from: cells[code] ?? null, to }))
    .filter(({ from, to }) => canonicalJson(from) !== canonicalJson(to));
}

function merge(cells: ScoreCells, changes: CellChanges): ScoreCells {
  const merged = Object.entries({ ...cells, ...changes });
  return Object.fromEntries(
    merged.flatMap(([code, cell]): [string, ScoreCell][] => (cell === null ? [] : [[code, cell]])),
  );
}

/** What the record says of a cell: its figures and reason; of a note only which one it was. */
function told(cell: ScoreCell | null): object | null {
  if (cell === null) return null;
  const { note, ...figures } = cell;
  return note === undefined
    ? figures
    : { ...figures, noteSha256: createHash('sha256').update(note).digest('hex') };
}

/** The deadline in which the scorer of such a sheet has a part; departments and the agency have none of their own. */
const DEADLINES: Partial<Record<ScoreLayer, DeadlineKind>> = { self: 'selfScoring', cluster: 'crossScoring' };

async function owesPart(trx: Knex.Transaction, key: ScoreSheetKey): Promise<boolean> {
  const kind = DEADLINES[key.layer];
  if (kind === undefined) return false;
  const open = await openDeadlines(trx, [key.round_id]);
  return open.some((deadline) => deadline.kind === kind && deadline.owed_unit_id === key.scorer_unit_id);
}

async function meetOwnPart(
  trx: Knex.Transaction,
  row: ScoringRoundCase,
  key: ScoreSheetKey,
  today: string,
): Promise<void> {
  const { layer, scorer_unit_id: scorer } = key;
  const kind = DEADLINES[layer];
  if (scorer === null || kind === undefined) return;
  if (layer === 'cluster') {
    const done = await unitsHandedInBy(trx, { round_id: row.id, layer, scorer_unit_id: scorer });
    const isWhole = row.member_unit_ids.every((unit) => unit === scorer || done.includes(unit));
    if (!isWhole) return;
  }
  await meetDeadline(trx, { instanceId: row.id, kind, unitId: scorer }, today);
}
