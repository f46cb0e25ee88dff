import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { Text } from '../errors.ts';
import type { FileType } from './detectFileType.ts';
import { UnsupportedFile } from './unsupportedFile.ts';

const MEBIBYTE = 1024 * 1024;
/** A dossier's document is far below; what is above is made to hurt. */
const MOST_ENTRIES = 5000;
const MOST_BYTES = 100 * MEBIBYTE;
const CONTENT_TYPES = '[Content_Types].xml';

const OFFICE: readonly (FileType & { mainPart: string })[] = [
  {
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    mainPart: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    endings: ['.docx'],
  },
  {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    mainPart: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
    endings: ['.xlsx'],
  },
];

/**
 * Which office type a zip is, by the main part that it declares and holds. Refuses bombs: first by the sizes that
 * the zip declares, before anything is unpacked, then by counting what really comes out, since a header may lie.
 * Throws UnsupportedFile also for macros, passwords and broken zips.
 */
export async function readOfficeType(path: string): Promise<FileType> {
  try {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
    try {
      return await typeOf(zip);
    } finally {
      zip.close();
    }
  } catch (error) {
    // yauzl reports what is wrong with a zip as plain errors; what the disk reports has a code.
    if (error instanceof UnsupportedFile || typeof (error as { code?: unknown }).code === 'string')
      throw error;
    throw new UnsupportedFile({ vi: 'Tệp nén bị hỏng.', en: 'The archive is broken.' });
  }
}

async function typeOf(zip: ZipFile): Promise<FileType> {
  const entries = await declaredEntries(zip);
  const contentTypes = await unpackAll(zip, entries);
  const type = OFFICE.find(({ mainPart }) => holdsPart(contentTypes, mainPart, entries));
  if (type === undefined) throw new UnsupportedFile();
  if (entries.some(({ fileName }) => fileName.toLowerCase().endsWith('vbaproject.bin'))) {
    throw new UnsupportedFile({ vi: 'Tệp có macro.', en: 'The file holds macros.' });
  }
  return { contentType: type.contentType, endings: type.endings };
}

async function declaredEntries(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > MOST_ENTRIES) throw tooMuch();
  const entries: Entry[] = [];
  let declared = 0;
  for await (const entry of zip.eachEntry()) {
    declared += entry.uncompressedSize;
    if (declared > MOST_BYTES) throw tooMuch();
    if (entry.isEncrypted()) {
      throw new UnsupportedFile({ vi: 'Tệp có mật khẩu.', en: 'The file is locked with a password.' });
    }
    entries.push(entry);
  }
  return entries;
}

/**
 * Unpacks everything and keeps only the list of content types. yauzl counts the bytes that come out of each entry
 * and stops at the first one above its declared size, so a header that lies gains nothing.
 */
async function unpackAll(zip: ZipFile, entries: readonly Entry[]): Promise<string> {
  const kept: Buffer[] = [];
  for (const entry of entries) {
    const content = await zip.openReadStreamPromise(entry);
    for await (const chunk of content as AsyncIterable<Buffer>) {
      if (entry.fileName === CONTENT_TYPES) kept.push(chunk);
    }
  }
  return Buffer.concat(kept).toString('utf8');
}

function holdsPart(contentTypes: string, mainPart: string, entries: readonly Entry[]): boolean {
  const overrides = contentTypes.match(/<Override\b[^>]*>/g) ?? [];
  const declared = overrides.find((override) => attribute(override, 'ContentType') === mainPart);
  const part = declared === undefined ? null : attribute(declared, 'PartName');
  return part !== null && entries.some(({ fileName }) => `/${fileName}` === part);
}

function attribute(element: string, name: string): string | null {
  return new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(element)?.[1] ?? null;
}

function tooMuch(): UnsupportedFile {
  const why: Text = {
    vi: 'Nội dung khi giải nén quá lớn.',
    en: 'What the archive unpacks to is too large.',
  };
  return new UnsupportedFile(why);
}
