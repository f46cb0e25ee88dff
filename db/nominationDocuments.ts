import type { Knex } from 'knex';

/** One version of one component of a dossier; versions are added and never taken away. */
export interface NominationDocumentRow {
  id: string;
  nomination_id: string;
  component: string;
  file_id: string;
  version: number;
  added_by: string;
  added_at: Date;
}

/** Adds the next version of a component. The case must be locked, so that two never get one number. */
export async function insertNominationDocument(
  trx: Knex.Transaction,
  row: Omit<NominationDocumentRow, 'version'>,
): Promise<void> {
  const { nomination_id, component } = row;
  const last = trx('nomination_documents').where({ nomination_id, component }).max('version');
  await trx('nomination_documents').insert({ ...row, version: trx.raw('coalesce((?), 0) + 1', [last]) });
}

/** A version with its file, for the list of a dossier's documents. */
export interface DocumentVersion extends NominationDocumentRow {
  sha256: string;
  content_type: string;
  size: string;
  name: string;
  added_by_name: string;
}

/** Every version of every component, by component and newest first. */
export function documentVersions(db: Knex, nominationId: string): Promise<DocumentVersion[]> {
  return db('nomination_documents as d')
    .join('files as f', 'f.id', 'd.file_id')
    .join('accounts as a', 'a.id', 'd.added_by')
    .where('d.nomination_id', nominationId)
    .orderBy([{ column: 'd.component' }, { column: 'd.version', order: 'desc' }])
    .select<DocumentVersion[]>('d.*', 'f.sha256', 'f.content_type', 'f.size', 'f.name', {
      added_by_name: 'a.display_name',
    });
}

/** The nominations that refer to a file in one of their versions. */
export async function nominationsWithFile(db: Knex, fileId: string): Promise<string[]> {
  const rows = await db<NominationDocumentRow>('nomination_documents')
    .where({ file_id: fileId })
    .distinct('nomination_id');
  return rows.map(({ nomination_id }) => nomination_id);
}
