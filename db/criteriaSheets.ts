import type { Knex } from 'knex';
import { json } from './connect.ts';
import type { Page } from './workflowInstances.ts';

/** A score sheet (bảng điểm) in one version. Its content never changes once published; a new one is a new version. */
export interface CriteriaSheetRow {
  id: string;
  code: string;
  version: number;
  title: string;
  /** Where its criteria come from: `real`, `illustrative`, … */
  provenance: string;
  /** The sheet of contract.md §5 with an assessor per leaf; decimals are texts. */
  content: unknown;
  /** SHA-256 of the content's canonical JSON. */
  hash: string;
  published_at: Date | null;
}

export type CriteriaSheetHead = Omit<CriteriaSheetRow, 'content'>;

const HEAD = ['id', 'code', 'version', 'title', 'provenance', 'hash', 'published_at'] as const;

export async function insertCriteriaSheet(trx: Knex.Transaction, row: CriteriaSheetRow): Promise<void> {
  await trx('criteria_sheets').insert({ ...row, content: json(row.content) });
}

export async function findCriteriaSheet(db: Knex, id: string): Promise<CriteriaSheetRow | null> {
  return (await db<CriteriaSheetRow>('criteria_sheets').where({ id }).first()) ?? null;
}

/** One page of sheets without their content, newest first; drafts only where asked for. */
export function pageOfCriteriaSheets(
  db: Knex,
  page: Page,
  withDrafts: boolean,
): Promise<CriteriaSheetHead[]> {
  const query = db<CriteriaSheetRow>('criteria_sheets').orderBy('id', 'desc').limit(page.limit);
  if (page.cursor !== null) query.where('id', '<', page.cursor);
  if (!withDrafts) query.whereNotNull('published_at');
  return query.select(...HEAD);
}
