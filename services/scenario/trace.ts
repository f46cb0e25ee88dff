import { inVietnamese } from './days.ts';

/** The readable trace of the play. */
export interface Trace {
  /** A new part of the year. */
  chapter: (title: string, day: string) => void;
  /** One step: who did what, and what came of it. */
  step: (who: string, what: string, outcome?: string) => void;
  /** Lines as they are: tables. */
  lines: (lines: readonly string[]) => void;
  /** Where the play is just now, for the message of a failure. */
  where: () => string;
}

/** A trace that prints each line with `say`. */
export function createTrace(say: (line: string) => void): Trace {
  let chapter = 'Chuẩn bị';
  let count = 0;
  let last = '';
  return {
    chapter(title, day) {
      chapter = `${title} (${inVietnamese(day)})`;
      say(`\n── ${inVietnamese(day)} · ${title} ${'─'.repeat(Math.max(2, 70 - title.length))}`);
    },
    step(who, what, outcome) {
      count += 1;
      last = `${who}: ${what}`;
      say(
        `${String(count).padStart(3)}. ${who} · ${what}${outcome === undefined ? '' : `\n       ⇒ ${outcome}`}`,
      );
    },
    lines(lines) {
      for (const line of lines) say(`     ${line}`);
    },
    where: () => `phần "${chapter}", sau bước ${count}${last === '' ? '' : ` (${last})`}`,
  };
}

/** Rows as a table of columns; the first row is the head. */
export function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => length(row[column]))));
  const print = (row: readonly string[]) =>
    row
      .map((cell, column) => `${cell}${' '.repeat((widths[column] ?? 0) - length(cell))}`)
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = rows;
  return [print(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(print)];
}

function length(cell: string | undefined): number {
  return (cell ?? '').normalize('NFC').length;
}
