import { describe, expect, test } from '@jest/globals';
import { safeFileName } from '../../../services/files/safeFileName.ts';

const pdf = { contentType: 'application/pdf', endings: ['.pdf'] } as const;
const jpeg = { contentType: 'image/jpeg', endings: ['.jpg', '.jpeg'] } as const;

describe('the name of an uploaded file', () => {
  test.each([
    ['Tờ trình số 12.pdf', 'Tờ trình số 12.pdf', pdf],
    ['minh chu\u031b\u0301ng.PDF', 'minh chứng.PDF', pdf],
    ['ảnh.jpeg', 'ảnh.jpeg', jpeg],
    ['C:\\Users\\a\\báo cáo.pdf', 'báo cáo.pdf', pdf],
    ['../../etc/passwd', 'passwd.pdf', pdf],
    ['lừa\u202efdp.exe', 'lừafdp.exe.pdf', pdf],
    ['xuống\r\ndòng.pdf', 'xuốngdòng.pdf', pdf],
    ['.pdf', 'pdf.pdf', pdf],
    ['', 'tep.jpg', jpeg],
    [`${'ă'.repeat(300)}.pdf`, `${'ă'.repeat(200)}.pdf`, pdf],
  ])('%j becomes %j', (given, expected, type) => {
    expect(safeFileName(given, type)).toBe(expected);
  });
});
