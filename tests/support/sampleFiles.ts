import { buildZip, type ZipEntry } from './zip.ts';

const MAIN = {
  docx: ['word/document.xml', 'wordprocessingml.document.main+xml'],
  xlsx: ['xl/workbook.xml', 'spreadsheetml.sheet.main+xml'],
  docm: ['word/document.xml', ''],
} as const;

/** The smallest files of each type that a detector believes, and some that lie. */
export const samples = {
  pdf: (text = 'nội dung') => Buffer.from(`%PDF-1.4\n% ${text}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n`),
  png: () =>
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  jpeg: () => Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
  docx: (extra: ZipEntry[] = []) => office('docx', extra),
  xlsx: (extra: ZipEntry[] = []) => office('xlsx', extra),
  docm: () => office('docm', []),
  exe: () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200), Buffer.from('PE\0\0')]),
  text: () => Buffer.from('chỉ là chữ'),
  zip: () => buildZip([{ name: 'a.txt', content: 'a' }]),
};

function office(kind: keyof typeof MAIN, extra: ZipEntry[]): Buffer {
  const [part, type] = MAIN[kind];
  const contentType =
    kind === 'docm'
      ? 'application/vnd.ms-word.document.macroEnabled.main+xml'
      : `application/vnd.openxmlformats-officedocument.${type}`;
  return buildZip([
    {
      name: '[Content_Types].xml',
      content: `<?xml version="1.0"?><Types><Override PartName="/${part}" ContentType="${contentType}"/></Types>`,
    },
    { name: part, content: '<?xml version="1.0"?><x/>' },
    ...extra,
  ]);
}

/** A form with one file, as a browser sends it. */
export function formWith(content: Buffer, name: string, field = 'file'): FormData {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(content)]), name);
  return form;
}
