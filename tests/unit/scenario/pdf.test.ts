import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { detectFileType } from '../../../services/files/detectFileType.ts';
import { pdfOf } from '../../../services/scenario/pdf.ts';

test('a paper of the scenario is a PDF to the product, and the same text is the same paper', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sovang-test-pdf-'));
  try {
    const path = join(folder, 'paper');
    await writeFile(path, pdfOf('Tờ trình (đã ký) của Huyện Đăk Hà'));
    expect((await detectFileType(path)).contentType).toBe('application/pdf');
  } finally {
    await rm(folder, { recursive: true });
  }
  expect(pdfOf('Tờ trình')).toEqual(pdfOf('Tờ trình'));
  expect(new TextDecoder().decode(pdfOf('Tờ trình (đã ký) Đăk Hà'))).toContain('(To trinh da ky Dak Ha)');
});

test('the table of a paper’s objects points at each of them', () => {
  const text = new TextDecoder().decode(pdfOf('Báo cáo'));
  const places = [...text.matchAll(/^(\d{10}) 00000 n/gm)].map(([, place]) => Number(place));
  expect(places.map((place) => text.slice(place, place + 7))).toEqual([
    '1 0 obj',
    '2 0 obj',
    '3 0 obj',
    '4 0 obj',
    '5 0 obj',
  ]);
});
