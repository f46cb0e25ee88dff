import type { DecisionReference } from '../../db/views/decisionCases.ts';
import type { GoldenBookEntry } from '../../db/views/goldenBook.ts';
import type { Actor } from '../accounts/actor.ts';
import { seesReasons } from './seesReasons.ts';

/** The recipient's name as it stands today: as the latest correction has it. */
export function currentName({ recipient_name, corrections }: GoldenBookEntry): string {
  return corrections.at(-1)?.recipient_name ?? recipient_name;
}

/** An entry of the golden book for somebody who is logged in. */
export function presentAward(entry: GoldenBookEntry, viewer: Actor) {
  const reasons = seesReasons(viewer, entry.unit_id);
  const withReason = ({ id, number, date, reason }: DecisionReference & { reason: string }) => ({
    decision: { id, number, date },
    reason: reasons ? reason : null,
  });
  return {
    id: entry.id,
    nominationId: entry.nomination_id,
    bookYear: entry.book_year,
    bookNumber: entry.book_number,
    award: { code: entry.award_code, name: entry.award_name },
    recipient: {
      name: currentName(entry),
      subjectType: entry.subject_type,
      unit: { id: entry.unit_id, code: entry.unit_code, name: entry.unit_name },
    },
    year: entry.year,
    decision: {
      id: entry.decision_id,
      number: entry.decision_number,
      date: entry.decided_on,
      authority: entry.authority,
    },
    publicCode: entry.public_code,
    standing: entry.revocation === null,
    revocation: entry.revocation && withReason(entry.revocation),
    enteredName: entry.recipient_name,
    corrections: entry.corrections.map((correction) => ({
      ...withReason(correction),
      recipientName: correction.recipient_name,
    })),
  };
}
