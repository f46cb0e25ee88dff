import type { Knex } from 'knex';
import { insertOpenVote, type Choice } from '../../db/openVotes.ts';
import { Forbidden, NotAllowedNow } from '../errors.ts';
import { isBeforeCouncil, recusedFrom } from './councilFacts.ts';
import { NOT_BEFORE_COUNCIL, STEPPED_ASIDE } from './saveSheet.ts';
import { agendaCase, sessionFact, type SessionCall } from './sessionFact.ts';

/**
 * Casts a member's vote in the open ballot on a case: once, never changed. Members who are absent vote here too where
 * the rule asks them in writing. Throws Forbidden for whoever is not on the roll, NotAllowedNow (`wrong-state`) while
 * no ballot is open or the case is held, NotAllowedNow (`conflict`) for a second vote.
 */
export async function castVote(
  trx: Knex.Transaction,
  call: SessionCall,
  { memberId, nominationId, choice }: { memberId: string; nominationId: string; choice: Choice },
): Promise<void> {
  const row = await sessionFact(trx, call, 'VOTE_CAST', { nominationId, memberId, choice });
  const each = agendaCase(row, nominationId);
  const { ballot } = each;
  if (recusedFrom(each).includes(memberId)) throw new Forbidden(STEPPED_ASIDE);
  if (!isBeforeCouncil(each)) throw new NotAllowedNow('wrong-state', NOT_BEFORE_COUNCIL);
  if (ballot === null || ballot.closed) {
    throw new NotAllowedNow('wrong-state', {
      vi: 'Hồ sơ này không ở bước biểu quyết.',
      en: 'The ballot on this case is not open.',
    });
  }
  if (!ballot.roll.includes(memberId)) {
    throw new Forbidden({
      vi: 'Không có tên trong danh sách biểu quyết đã chốt khi mở biểu quyết.',
      en: 'Not on the roll that was frozen when the ballot opened.',
    });
  }
  if (ballot.votes.some(({ member_id }) => member_id === memberId)) {
    throw new NotAllowedNow('conflict', {
      vi: 'Đã biểu quyết; phiếu không thay đổi được.',
      en: 'You have voted already; a vote cannot be changed.',
    });
  }
  await insertOpenVote(trx, {
    ballot_id: ballot.id,
    member_id: memberId,
    choice,
    cast_at: call.ports.clock.now(),
  });
}
