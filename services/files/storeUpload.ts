import type { Knex } from 'knex';
import { insertFile, type FileRow } from '../../db/files.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Ports } from '../ports.ts';
import { detectFileType, type FileType } from './detectFileType.ts';
import type { FileStorage, ReceivedFile } from './fileStorage.ts';
import { safeFileName } from './safeFileName.ts';

/**
 * Keeps a received file for its uploader. The content has its place before the row names it, so that no row is
 * ever without one; a content without a row harms nobody. Throws UnsupportedFile.
 */
export async function storeUpload(
  trx: Knex.Transaction,
  { storage, ports }: { storage: FileStorage; ports: Ports },
  actor: Actor,
  upload: ReceivedFile & { name: string },
): Promise<FileRow> {
  const type = await keepAccepted(storage, upload);
  const row: FileRow = {
    id: ports.newId(),
    sha256: upload.sha256,
    content_type: type.contentType,
    size: String(upload.size),
    name: safeFileName(upload.name, type),
    uploaded_by: actor.accountId,
    uploaded_at: ports.clock.now(),
  };
  await insertFile(trx, row);
  return row;
}

async function keepAccepted(storage: FileStorage, upload: ReceivedFile): Promise<FileType> {
  try {
    const type = await detectFileType(upload.path);
    await storage.keep(upload);
    return type;
  } finally {
    await storage.discard(upload);
  }
}
