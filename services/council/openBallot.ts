import type { Knex } from 'knex';
import { insertBallot } from '../../db/ballots.ts';
import { setBallotStage } from '../../db/councilCases.ts';
import type { AgendaCase, SessionMember } from '../../db/views/councilSessionCases.ts';
import type { Ports } from '../ports.ts';
import { neededVotes } from '../rules/thresholds.ts';
import type { Moment } from '../workflow/capability.ts';
import { rulesOf } from './agendaRules.ts';
import { recusedFrom } from './councilFacts.ts';
import { baseOf, rollOf } from './entitlement.ts';
import { randomId } from './randomId.ts';

/** Opens the ballot on a case: roll, base and the yes votes needed are fixed here, before anybody votes. */
export async function openBallot(
  trx: Knex.Transaction,
  session: { id: string; members: readonly SessionMember[] },
  each: AgendaCase,
  reason: string | null,
  { ports, moment }: { ports: Ports; moment: Moment },
): Promise<void> {
  const { vote } = rulesOf(each);
  if (vote?.method !== 'open') throw new Error(`case ${each.nomination_id} has no open vote`);
  const recused = recusedFrom(each);
  const roll = rollOf(vote, session.members, recused);
  const base = baseOf(vote, session.members, recused);
  await insertBallot(
    trx,
    {
      id: randomId(ports),
      session_id: session.id,
      nomination_id: each.nomination_id,
      round: (each.ballot?.round ?? 0) + 1,
      method: vote.method,
      rule: vote,
      base,
      needed: neededVotes(vote, base),
      roll_size: roll.length,
      reason,
      opened_at: moment.now,
    },
    roll,
  );
  await setBallotStage(trx, { sessionId: session.id, nominationId: each.nomination_id }, 'open');
}
