import type { Text } from '../errors.ts';

const ACCEPTED: Text = {
  vi: 'Chỉ nhận tệp PDF, ảnh PNG hoặc JPEG, văn bản Word (.docx) và bảng tính Excel (.xlsx), theo nội dung của tệp.',
  en: 'Only PDF, PNG and JPEG images, Word (.docx) and Excel (.xlsx) files are accepted, by their content.',
};

/** The file is of a type that is not accepted, or not what it says it is. The reason names what is accepted. */
export class UnsupportedFile extends Error {
  override readonly name = 'UnsupportedFile';
  readonly code = 'unsupported-file';
  readonly reason: Text;
  constructor(why: Text | null = null) {
    super('unsupported file');
    this.reason =
      why === null ? ACCEPTED : { vi: `${why.vi} ${ACCEPTED.vi}`, en: `${why.en} ${ACCEPTED.en}` };
  }
}
