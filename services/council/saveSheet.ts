import type { Knex } from 'knex';
import { saveCouncilSheet } from '../../db/councilSheets.ts';
import { Forbidden, NotAllowedNow } from '../errors.ts';
import type { SheetPoints } from '../rules/councilSheet.ts';
import { isSecret, rulesOf } from './agendaRules.ts';
import { isBeforeCouncil, recusedFrom } from './councilFacts.ts';
import { scorersOf } from './entitlement.ts';
import { randomId } from './randomId.ts';
import { agendaCase, sessionFact, type SessionCall } from './sessionFact.ts';

/** A member's points for a case; a sheet may be saved before it is whole, and changed until the scoring is closed. */
export interface SheetToSave {
  memberId: string;
  nominationId: string;
  /** Checked against the rule: no unknown criterion, each within 0 and its most; whole when handed in. */
  points: SheetPoints;
  handedIn: boolean;
}

/**
 * Saves a member's own sheet. History keeps the points too, hidden until close, but not where the vote on the case is
 * secret. Throws Forbidden for a recused member, NotAllowedNow (`wrong-state`) for one who is not there, and while the
 * scoring of the case is not open or the case is held.
 */
export async function saveSheet(
  trx: Knex.Transaction,
  call: SessionCall,
  { memberId, nominationId, points, handedIn }: SheetToSave,
  secret: boolean,
): Promise<void> {
  const said = secret ? {} : { points };
  const row = await sessionFact(trx, call, 'SHEET_SAVED', { nominationId, memberId, handedIn, ...said });
  const each = agendaCase(row, nominationId);
  if (isSecret(rulesOf(each)) !== secret) throw new Error('the rules of a case stay as they are');
  const recused = recusedFrom(each);
  if (recused.includes(memberId)) throw new Forbidden(STEPPED_ASIDE);
  if (!isBeforeCouncil(each)) throw new NotAllowedNow('wrong-state', NOT_BEFORE_COUNCIL);
  if (each.scoring !== 'open') {
    throw new NotAllowedNow('wrong-state', {
      vi: 'Hồ sơ này không ở bước chấm điểm.',
      en: 'The scoring of this case is not open.',
    });
  }
  if (!scorersOf(row.members, recused).includes(memberId)) {
    throw new NotAllowedNow('wrong-state', {
      vi: 'Chỉ thành viên có mặt mới được chấm điểm.',
      en: 'Only members who are there may score.',
    });
  }
  await saveCouncilSheet(trx, {
    id: randomId(call.ports),
    session_id: call.sessionId,
    nomination_id: nominationId,
    member_id: memberId,
    points,
    handed_in: handedIn,
    updated_at: call.ports.clock.now(),
  });
}

/** The rule that a recused member is refused by. */
export const STEPPED_ASIDE = {
  vi: 'Thành viên đã rút khỏi việc xét hồ sơ này thì không chấm điểm, không biểu quyết.',
  en: 'A member who has stepped aside from this case neither scores it nor votes on it.',
};

/** What a case that is on hold or withdrawn is refused with. */
export const NOT_BEFORE_COUNCIL = {
  vi: 'Hồ sơ đang tạm dừng xét hoặc đã rút, Hội đồng chưa xét được.',
  en: 'The case is on hold or withdrawn: the council does not consider it now.',
};
