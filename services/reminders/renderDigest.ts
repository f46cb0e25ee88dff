import type { CaseTitle } from '../../db/views/caseTitles.ts';
import type { DigestLine } from '../../db/views/digestLines.ts';
import type { DeadlineKind, Party } from '../../workflows/effects.ts';
import { caseUrl } from '../notifications/collections.ts';
import { writeLetter, type Letter } from '../notifications/letter.ts';
import { fullTitle } from '../notifications/renderNotice.ts';
import { escalationOf } from './ladder.ts';
import { deadlineLabels, longDate, partyLabels, shortDate, timeLeft } from './words.ts';

export interface DigestContext {
  today: string;
  publicUrl: string;
  /** Working days from today to a day. */
  workingDaysTo(day: string): number;
}

/** The letter of one day's digest, a numbered paragraph for each thing that is owed. */
export function renderDigest(
  lines: readonly DigestLine[],
  cases: ReadonlyMap<string, CaseTitle>,
  context: DigestContext,
): Letter {
  const subject = `Sổ Vàng nhắc việc ngày ${shortDate(context.today)}: ${lines.length} việc cần làm`;
  const items = lines.map(
    (line, index) => `${index + 1}. ${paragraph(line, cases.get(line.instance_id), context)}`,
  );
  return writeLetter(subject, ['Các việc sau đây chưa xong:', ...items]);
}

function paragraph(line: DigestLine, about: CaseTitle | undefined, context: DigestContext): string {
  const days = context.workingDaysTo(line.due_on);
  const rows = [
    `${deadlineLabels[line.kind as DeadlineKind].vi}: ${about === undefined ? '' : fullTitle(about)}`,
    `   Hạn: ${longDate(line.due_on)}, ${lateOr(days, context.today, line.due_on)}`,
    `   Người thực hiện: ${owerOf(line)}`,
  ];
  if (escalationOf(line.step) !== null)
    rows.push('   Đã quá hạn nên được báo đến cấp trên của người thực hiện.');
  if (about !== undefined) rows.push(`   Xem tại: ${caseUrl(context.publicUrl, about)}`);
  return rows.join('\n');
}

/** On a day off after the due day no working day has passed yet, and still it is overdue. */
function lateOr(days: number, today: string, dueOn: string): string {
  return days === 0 && today > dueOn ? 'đã quá hạn' : timeLeft(days);
}

function owerOf({ owed_by, owed_unit, owed_cluster }: DigestLine): string {
  const party = partyLabels[owed_by as Party].vi;
  if (owed_unit !== null) return owed_unit;
  return owed_cluster === null ? party : `${party} ${owed_cluster}`;
}
