import type { GoldenBookEntry } from '../../db/views/goldenBook.ts';
import { currentName } from '../decisions/presentAward.ts';

/**
 * One award as everybody may see it: who, what, by which decision, and whether it still stands. No reasons, no
 * former names, nothing of the dossier.
 */
export function presentPublicAward(entry: GoldenBookEntry) {
  const correction = entry.corrections.at(-1);
  return {
    code: entry.public_code,
    recipient: { name: currentName(entry), subjectType: entry.subject_type, unit: entry.unit_name },
    award: entry.award_name,
    year: entry.year,
    decision: { number: entry.decision_number, date: entry.decided_on, authority: entry.authority },
    goldenBook: { year: entry.book_year, number: entry.book_number },
    standing: entry.revocation === null,
    revokedBy: entry.revocation && { number: entry.revocation.number, date: entry.revocation.date },
    correctedBy: correction === undefined ? null : { number: correction.number, date: correction.date },
  };
}
