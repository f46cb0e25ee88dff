import type { Knex } from 'knex';
import { json } from './connect.ts';

export type ScoreLayer = 'self' | 'cluster' | 'department' | 'verified';

/** What one scorer says about one leaf; decimals are texts, in their exact value. Kept as one value per sheet. */
export interface ScoreCell {
  assigned?: false;
  achieved?: boolean;
  points?: string;
  target?: string;
  actual?: string;
  count?: string;
  value?: string;
  level?: string;
  note?: string;
  reason?: string;
  /** Ids of files. */
  evidence?: string[];
}

export type ScoreCells = Readonly<Record<string, ScoreCell>>;

/** Which sheet: of which unit, in which layer, by whom; the verified layer names no scorer. */
export interface ScoreSheetKey {
  round_id: string;
  unit_id: string;
  layer: ScoreLayer;
  scorer_unit_id: string | null;
}

/** One sheet of a round. `revision` is its own, not the round's. */
export interface ScoreSheetRow extends ScoreSheetKey {
  id: string;
  cells: ScoreCells;
  handed_in: boolean;
  revision: number;
  updated_by: string;
  updated_at: Date;
}

export async function findScoreSheet(db: Knex, key: ScoreSheetKey): Promise<ScoreSheetRow | null> {
  return (
    (await db<ScoreSheetRow>('score_sheets')
      .where({ round_id: key.round_id, unit_id: key.unit_id, layer: key.layer })
      .whereRaw('scorer_unit_id is not distinct from ?::uuid', [key.scorer_unit_id])
      .first()) ?? null
  );
}

/** All sheets of a round, by unit, layer and scorer. */
export function scoreSheetsOf(db: Knex, roundId: string): Promise<ScoreSheetRow[]> {
  return db<ScoreSheetRow>('score_sheets')
    .where({ round_id: roundId })
    .orderBy(['unit_id', 'layer', 'scorer_unit_id'])
    .select('*');
}

/** Inserts a sheet, or replaces the one with its key. The round must be locked. */
export async function saveScoreSheet(trx: Knex.Transaction, row: ScoreSheetRow): Promise<void> {
  await trx('score_sheets')
    .insert({ ...row, cells: json(row.cells) })
    .onConflict('id')
    .merge(['cells', 'handed_in', 'revision', 'updated_by', 'updated_at']);
}

/** The units of whose sheets this scorer has handed in that layer. */
export async function unitsHandedInBy(
  db: Knex,
  of: Pick<ScoreSheetKey, 'round_id' | 'layer' | 'scorer_unit_id'>,
): Promise<string[]> {
  const rows = await db<ScoreSheetRow>('score_sheets')
    .where({ ...of, handed_in: true })
    .select('unit_id');
  return rows.map(({ unit_id }) => unit_id);
}

/** The sheets of other scorers of the same unit in the same layer. */
export function sheetsBeside(db: Knex, key: ScoreSheetKey): Promise<ScoreSheetRow[]> {
  return db<ScoreSheetRow>('score_sheets')
    .where({ round_id: key.round_id, unit_id: key.unit_id, layer: key.layer })
    .whereRaw('scorer_unit_id is distinct from ?::uuid', [key.scorer_unit_id])
    .select('*');
}

/** The sheets that name a file as evidence. */
export async function sheetsWithFile(db: Knex, fileId: string): Promise<ScoreSheetKey[]> {
  const { rows } = await db.raw<{ rows: ScoreSheetKey[] }>(
    `select round_id, unit_id, layer, scorer_unit_id from score_sheets
       where jsonb_path_exists(cells, '$.*.evidence[*] \\? (@ == $file)', jsonb_build_object('file', ?::text))`,
    [fileId],
  );
  return rows;
}
