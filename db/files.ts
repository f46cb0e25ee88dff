import type { Knex } from 'knex';

/** An uploaded file: who gave it which name. The content lies in the file store under its hash. */
export interface FileRow {
  id: string;
  sha256: string;
  content_type: string;
  /** Bytes; a bigint, so a string. */
  size: string;
  name: string;
  uploaded_by: string;
  uploaded_at: Date;
}

export async function insertFile(trx: Knex.Transaction, row: FileRow): Promise<void> {
  await trx<FileRow>('files').insert(row);
}

export async function findFile(db: Knex, id: string): Promise<FileRow | null> {
  return (await db<FileRow>('files').where({ id }).first()) ?? null;
}

/** Which of these files the account has uploaded. */
export async function filesUploadedBy(
  db: Knex,
  accountId: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db<FileRow>('files').where({ uploaded_by: accountId }).whereIn('id', ids).select('id');
  return rows.map(({ id }) => id);
}
