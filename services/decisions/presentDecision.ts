import type { DecisionCase, DecisionItemView } from '../../db/views/decisionCases.ts';
import type { Actor } from '../accounts/actor.ts';
import type { HistoryWords } from '../workflow/capability.ts';
import { seesReasons, worksOnDecisions } from './seesReasons.ts';

/** The decision's own fields; `items` stands only where the decision was read by itself, not in a list. */
export function presentDecision(row: DecisionCase, viewer: Actor): Record<string, unknown> {
  const { decision, item_count: itemCount, unready_count: unreadyCount, items } = row;
  return {
    kind: decision.kind,
    title: decision.title,
    year: decision.year,
    signatory: decision.signatory,
    capacity: decision.capacity,
    number: decision.number,
    issuedOn: decision.issued_on,
    itemCount,
    ...(!row.finished && { unreadyCount }),
    ...(items !== null && { items: items.map((item) => presentItem(item, row, viewer)) }),
  };
}

function presentItem(item: DecisionItemView, { decision, finished }: DecisionCase, viewer: Actor) {
  return {
    nominationId: item.nomination_id,
    award: { code: item.award_code, name: item.award_name },
    recipient: {
      name: item.recipient_name,
      subjectType: item.subject_type,
      unit: { id: item.unit_id, code: item.unit_code, name: item.unit_name },
    },
    state: item.case_state,
    ...(!finished && { ready: item.ready, missing: item.missing }),
    ...(decision.kind !== 'award' && {
      awardId: item.award_id,
      reason: seesReasons(viewer, item.unit_id) ? item.reason : null,
    }),
    ...(decision.kind === 'correction' && { recipientName: item.corrected_name }),
    goldenBook: item.award && {
      awardId: item.award.id,
      bookYear: item.award.book_year,
      bookNumber: item.award.book_number,
      publicCode: item.award.public_code,
    },
    revoked: item.revoked_by !== null,
    revokedBy: item.revoked_by,
    correctedBy: item.corrected_by && {
      id: item.corrected_by.id,
      number: item.corrected_by.number,
      date: item.corrected_by.date,
      recipientName: item.corrected_by.recipient_name,
    },
  };
}

/** Everybody reads of an issued decision that it was signed and issued; the words on the way are of its makers. */
export function presentDecisionWords(_row: DecisionCase, entry: HistoryWords, viewer: Actor): unknown {
  const open = entry.type === 'SIGN' || entry.type === 'ISSUE';
  return open || worksOnDecisions(viewer) ? entry.detail : null;
}
