import type { Knex } from 'knex';
import { closeBallot as storeClose } from '../../db/ballots.ts';
import { setBallotStage } from '../../db/councilCases.ts';
import type { AgendaCase, SessionMember } from '../../db/views/councilSessionCases.ts';
import type { Moment } from '../workflow/capability.ts';
import { rulesOf } from './agendaRules.ts';
import { recusedFrom, yesVotes } from './councilFacts.ts';
import { rollOf } from './entitlement.ts';

/** Closes the ballot on a case with its yes votes; who would be on the roll by now is kept beside the roll that counted. */
export async function closeBallot(
  trx: Knex.Transaction,
  session: { id: string; members: readonly SessionMember[] },
  each: AgendaCase,
  { passed, chairOrder }: { passed: boolean; chairOrder: string | null },
  moment: Moment,
): Promise<void> {
  const { vote } = rulesOf(each);
  if (vote === null || each.ballot === null) throw new Error(`case ${each.nomination_id} has no ballot`);
  const end = { closed_at: moment.now, yes: yesVotes(each), passed, chair_order: chairOrder };
  await storeClose(trx, each.ballot.id, end, rollOf(vote, session.members, recusedFrom(each)));
  const key = { sessionId: session.id, nominationId: each.nomination_id };
  await setBallotStage(trx, key, passed ? 'passed' : 'failed');
}
