import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { readOfficeType } from './officeFile.ts';
import { UnsupportedFile } from './unsupportedFile.ts';

/** A type that is accepted: what it is called over HTTP, and how names of such files end. */
export interface FileType {
  contentType: string;
  endings: readonly [string, ...string[]];
}

const PLAIN: readonly FileType[] = [
  { contentType: 'application/pdf', endings: ['.pdf'] },
  { contentType: 'image/png', endings: ['.png'] },
  { contentType: 'image/jpeg', endings: ['.jpg', '.jpeg'] },
];

const ZIP = Buffer.from('PK\u0003\u0004');

/**
 * What a file is by its content; its name says nothing. A zip is opened only by the guarded reader, since a few
 * kilobytes of it may be gigabytes. Throws UnsupportedFile for all that is not accepted.
 */
export async function detectFileType(path: string): Promise<FileType> {
  if (await startsWith(path, ZIP)) return readOfficeType(path);
  const found = await fileTypeFromFile(path);
  const accepted = PLAIN.find(({ contentType }) => contentType === found?.mime);
  if (accepted === undefined) throw new UnsupportedFile();
  return accepted;
}

async function startsWith(path: string, start: Buffer): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(start.length), 0, start.length, 0);
    return bytesRead === start.length && buffer.equals(start);
  } finally {
    await file.close();
  }
}
