import type { Knex } from 'knex';
import { replaceCouncilCases } from '../../db/councilCases.ts';
import { savePresence } from '../../db/councilPresence.ts';
import { saveRecusal } from '../../db/councilRecusals.ts';
import { NotAllowedNow } from '../errors.ts';
import { agendaRows } from './agenda.ts';
import { agendaCase, sessionFact, type SessionCall } from './sessionFact.ts';

/** Records whether a member is there. Rolls of ballots that are open already stay as they were frozen. */
export async function recordPresence(
  trx: Knex.Transaction,
  call: SessionCall,
  { memberId, present, reason }: { memberId: string; present: boolean; reason: string | null },
): Promise<void> {
  await sessionFact(trx, call, 'PRESENCE_RECORDED', { memberId, present, reason });
  await savePresence(trx, {
    session_id: call.sessionId,
    member_id: memberId,
    present,
    reason,
    recorded_at: call.ports.clock.now(),
  });
}

/**
 * Records that a member steps aside from a case: no sheet and no vote on it. Throws NotAllowedNow (`wrong-state`) once
 * its scoring, or its ballot where it is not scored, has been opened.
 */
export async function recordRecusal(
  trx: Knex.Transaction,
  call: SessionCall,
  { memberId, nominationId, reason }: { memberId: string; nominationId: string; reason: string },
): Promise<void> {
  const row = await sessionFact(trx, call, 'RECUSAL_RECORDED', { nominationId, memberId, reason });
  const { scoring, ballot_stage } = agendaCase(row, nominationId);
  if (scoring !== 'waiting' && !(scoring === 'notNeeded' && ballot_stage === 'waiting')) {
    throw new NotAllowedNow('wrong-state', {
      vi: 'Hồ sơ đã mở chấm điểm hoặc biểu quyết, không ghi nhận thêm thành viên rút.',
      en: 'The scoring or ballot of this case has been opened: nobody can step aside any more.',
    });
  }
  await saveRecusal(trx, {
    session_id: call.sessionId,
    nomination_id: nominationId,
    member_id: memberId,
    reason,
    recorded_at: call.ports.clock.now(),
  });
}

/** Sets the agenda of a draft anew. Throws what `agendaRows` throws. */
export async function setAgenda(
  trx: Knex.Transaction,
  call: SessionCall,
  nominationIds: readonly string[],
): Promise<void> {
  await sessionFact(trx, call, 'AGENDA_SET', { nominationIds });
  await replaceCouncilCases(trx, call.sessionId, await agendaRows(trx, call.sessionId, nominationIds));
}
