import type { Knex } from 'knex';
import { setScoring } from '../../db/councilCases.ts';
import { councilMembersOn, setSitting } from '../../db/councilSessions.ts';
import type { AgendaCase, CouncilSessionCase } from '../../db/views/councilSessionCases.ts';
import type { Recording } from '../../workflows/effects.ts';
import { InvalidInput } from '../errors.ts';
import type { RecordingContext } from '../workflow/capability.ts';
import { closeBallot } from './closeBallot.ts';
import { closeScoring } from './closeScoring.ts';
import { openBallot } from './openBallot.ts';

/** Writes the rows of the session machine's `record` effects. */
export async function recordCouncil(
  trx: Knex.Transaction,
  recordings: readonly Recording[],
  context: RecordingContext<CouncilSessionCase>,
): Promise<void> {
  for (const recording of recordings) await recordOne(trx, recording, context);
}

async function recordOne(
  trx: Knex.Transaction,
  recording: Recording,
  context: RecordingContext<CouncilSessionCase>,
): Promise<void> {
  const { row, moment } = context;
  switch (recording.what) {
    case 'convene':
      return convene(trx, row.id, recording.data, moment.today);
    case 'openScoring':
      await setScoring(trx, { sessionId: row.id, nominationId: recording.data.nominationId }, 'open');
      return;
    case 'closeScoring': {
      const each = caseOf(row, recording.data.nominationId);
      await closeScoring(trx, row.id, each, recording.data.passed, context);
      return;
    }
    case 'openBallot': {
      const each = caseOf(row, recording.data.nominationId);
      await openBallot(trx, row, each, recording.data.reason ?? null, context);
      return;
    }
    case 'closeBallot': {
      const { nominationId, passed, chairOrder = null } = recording.data;
      await closeBallot(trx, row, caseOf(row, nominationId), { passed, chairOrder }, moment);
      return;
    }
    default:
      throw new Error(`a council session does not record ${recording.what}`);
  }
}

/**
 * Fixes the day of the session, and its members as the council is composed on that day: it may have changed since the
 * draft. Throws InvalidInput for a day that is over, whose council nobody can summon any more.
 */
async function convene(
  trx: Knex.Transaction,
  sessionId: string,
  { date, place }: { date: string; place?: string | undefined },
  today: string,
): Promise<void> {
  if (date < today) {
    const message = { vi: 'Ngày họp không được ở trong quá khứ.', en: 'The day of the session is over.' };
    throw new InvalidInput([{ pointer: '/date', message }]);
  }
  await setSitting(trx, sessionId, { date, place, memberIds: await councilMembersOn(trx, date) });
}

function caseOf({ cases }: CouncilSessionCase, nominationId: string): AgendaCase {
  const found = cases.find((each) => each.nomination_id === nominationId);
  if (found === undefined) throw new Error(`case ${nominationId} is not on the agenda`);
  return found;
}
