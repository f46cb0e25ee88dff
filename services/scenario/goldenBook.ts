import { z } from 'zod';
import { cast } from './cast.ts';
import type { Dossier } from './dossier.ts';
import { expect, expectSame, Unexpected } from './failures.ts';
import { allItems } from './people.ts';
import type { Play } from './play.ts';
import { tableOf } from './trace.ts';

const changed = z.looseObject({ decision: z.looseObject({ number: z.string(), date: z.iso.date() }) });

const entrySchema = z.looseObject({
  id: z.uuid(),
  nominationId: z.uuid(),
  bookYear: z.int(),
  bookNumber: z.int(),
  award: z.looseObject({ code: z.string(), name: z.object({ vi: z.string() }) }),
  recipient: z.looseObject({ name: z.string(), unit: z.looseObject({ name: z.string() }) }),
  decision: z.looseObject({ number: z.string(), date: z.iso.date(), authority: z.string() }),
  publicCode: z.string(),
  standing: z.boolean(),
  revocation: changed.nullable(),
});
export type BookEntry = z.output<typeof entrySchema>;

/** The golden book of the year, by number, with the entry of every one of these dossiers in it. */
export async function bookOfTheYear(play: Play, dossiers: readonly Dossier[]): Promise<BookEntry[]> {
  const reader = await play.people(`${cast.late}.canbo`);
  const book = await allItems(reader, `/awards?bookYear=${play.year}`, entrySchema);
  book.sort((a, b) => a.bookNumber - b.bookNumber);
  expectSame(
    book.map(({ bookNumber }) => bookNumber),
    book.map((_, index) => index + 1),
    'Số của Sổ vàng trong năm phải liền nhau từ 1',
  );
  for (const dossier of dossiers) entryOf(book, dossier);
  return book;
}

/** The entry of a dossier. Throws where it is not in the book. */
export function entryOf(book: readonly BookEntry[], { id, title }: Dossier): BookEntry {
  const found = book.find(({ nominationId }) => nominationId === id);
  if (found === undefined) throw new Unexpected(`Sổ vàng không có: ${title}`, book);
  return found;
}

const publicSchema = z.looseObject({
  code: z.string(),
  recipient: z.looseObject({ name: z.string() }),
  award: z.object({ vi: z.string() }),
  decision: z.looseObject({ number: z.string(), date: z.iso.date() }),
  standing: z.boolean(),
  revokedBy: z.looseObject({ number: z.string(), date: z.iso.date() }).nullable(),
});

/** Looks an entry up as anybody may, and checks that it says what the book says. */
export async function lookUp(
  { trace }: Play,
  anybody: (path: string) => Promise<unknown>,
  entry: BookEntry,
): Promise<void> {
  const shown = publicSchema.parse(await anybody(`/public/awards/${entry.publicCode}`));
  const revocation = entry.revocation?.decision ?? null;
  expectSame(
    [shown.recipient.name, shown.award.vi, shown.decision.number, shown.decision.date, shown.standing],
    [
      entry.recipient.name,
      entry.award.name.vi,
      entry.decision.number,
      entry.decision.date,
      entry.revocation === null,
    ],
    'Trang tra cứu công khai nói khác Sổ vàng',
  );
  expectSame(
    shown.revokedBy && [shown.revokedBy.number, shown.revokedBy.date],
    revocation && [revocation.number, revocation.date],
    'Trang tra cứu công khai nói khác về việc thu hồi',
  );
  trace.lines([
    `Tra cứu ${entry.publicCode}: ${shown.recipient.name} – ${shown.award.vi}: ` +
      (shown.revokedBy === null ? 'có hiệu lực' : `đã thu hồi theo Quyết định số ${shown.revokedBy.number}`),
  ]);
}

/** The final table of the year's awards. */
export function tableOfAwards(book: readonly BookEntry[]): string[] {
  expect(book.length > 0, 'Sổ vàng của năm còn trống');
  const rows = book.map(({ bookNumber, bookYear, recipient, award, decision, standing, revocation }) => [
    `${bookNumber}/${bookYear}`,
    recipient.name,
    award.name.vi,
    `${decision.number} (${decision.date}), ${decision.authority}`,
    standing ? 'có hiệu lực' : `thu hồi: ${revocation?.decision.number ?? ''}`,
  ]);
  return tableOf([['Số', 'Người, tập thể được khen', 'Hình thức', 'Quyết định', 'Hiện trạng'], ...rows]);
}
