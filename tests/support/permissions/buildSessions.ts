import type { Knex } from 'knex';
import { insertOpenVote } from '../../../db/openVotes.ts';
import { saveCouncilSheet } from '../../../db/councilSheets.ts';
import { replaceCouncilCases } from '../../../db/councilCases.ts';
import { agendaRows } from '../../../services/council/agenda.ts';
import { councilSessionCapability } from '../../../services/council/councilSessionCapability.ts';
import { expectOk } from '../decisions.ts';
import { insertWalked, walkCase, type Stride } from '../walkedCases.ts';
import { insertNominations } from './buildNominations.ts';
import type { Built, Need } from './needs.ts';
import { BEFORE_COUNCIL, scoredOnly, votedOnly } from './nominationWays.ts';
import { OWN } from './people.ts';
import { known, type Province } from './province.ts';

const convened: Stride[] = [{ type: 'CONVENE', payload: { date: '2018-01-02', place: 'Phòng họp số 1' } }];
const opened: Stride[] = [...convened, { type: 'OPEN' }];

const WAYS: Record<string, Stride[]> = {
  draft: [],
  convened,
  inSession: opened,
  adjourned: [...opened, { type: 'ADJOURN' }],
  closed: [...opened, { type: 'ADJOURN' }, { type: 'SIGN_MINUTES' }],
  cancelled: [{ type: 'CANCEL', payload: { reason: 'Dời ngày họp' } }],
};

/**
 * Sessions of a council of three, all there, in these states; each with two cases of its own: one to score, one to
 * vote on.
 */
export async function buildSessions(province: Province, needs: readonly Need[]): Promise<Built[]> {
  const scored = await casesBeforeCouncil(province, needs.length, scoredOnly);
  const voted = await casesBeforeCouncil(province, needs.length, votedOnly);
  const walked = needs.map((need, index) => ({
    ...need,
    scoredId: known(scored[index], 'case to score'),
    votedId: known(voted[index], 'case to vote on'),
    memberId: known(province.seats[2], 'seat'),
    ...walkCase(
      { ...province.deciding, actor: province.actor },
      {
        capability: councilSessionCapability,
        unitId: null,
        clusterId: null,
        strides: known(WAYS[need.state], `way to ${need.state}`),
      },
    ),
  }));
  const built = walked.map(({ row, entries: _entries, deadlines: _deadlines, ...rest }) => ({
    ...rest,
    id: row.id,
  }));
  await province.server.database.db.transaction(async (trx) => {
    await insertWalked(trx, walked);
    await seatMembers(trx, province, built);
    for (const { id, scoredId, votedId } of built) {
      await replaceCouncilCases(trx, id, await agendaRows(trx, id, [scoredId, votedId]));
    }
  });
  for (const each of built) await prepare(province, each);
  return built;
}

async function casesBeforeCouncil(province: Province, count: number, way: typeof scoredOnly) {
  const wanted = Array.from({ length: count }, () => ({ owner: OWN, way: way(...BEFORE_COUNCIL) }));
  return (await insertNominations(province, wanted)).map(({ id }) => id);
}

async function seatMembers(
  trx: Knex.Transaction,
  { seats, deciding }: Province,
  sessions: readonly { id: string }[],
): Promise<void> {
  await trx.batchInsert(
    'council_sessions',
    sessions.map(({ id }) => ({
      id,
      title: 'Phiên họp thử',
      held_on: '2018-01-02',
      place: null,
      member_ids: seats,
    })),
    200,
  );
  const presence = sessions.flatMap(({ id }) =>
    seats.map((seat) => ({
      session_id: id,
      member_id: seat,
      present: true,
      reason: null,
      recorded_at: deciding.moment.now,
    })),
  );
  await trx.batchInsert('council_presence', presence, 200);
}

/** Opens the scoring or the ballot where the variant asks for it, and has the members hand in or vote. */
async function prepare(province: Province, session: Built): Promise<void> {
  const { server, seats, deciding } = province;
  const { variant, scoredId = '', votedId = '' } = session;
  const scores = variant === 'scoring' || variant === 'scored';
  if (variant === '') return;
  const secretary = await server.as('hd.thuky');
  const event = scores
    ? { type: 'OPEN_SCORING', nominationId: scoredId }
    : { type: 'OPEN_BALLOT', nominationId: votedId };
  expectOk(await secretary.post(`/council-sessions/${session.id}/events`, event));
  if (variant === 'scored') {
    await server.database.db.transaction(async (trx) => {
      for (const seat of seats) {
        await saveCouncilSheet(trx, {
          id: deciding.ports.newId(),
          session_id: session.id,
          nomination_id: scoredId,
          member_id: seat,
          points: { C1: '40', C2: '25', C3: '15' },
          handed_in: true,
          updated_at: deciding.moment.now,
        });
      }
    });
  }
  if (variant === 'voted') {
    await server.database.db.transaction(async (trx) => {
      const ballot = await trx('ballots').where({ session_id: session.id }).first<{ id: string }>('id');
      for (const seat of seats) {
        const vote = { ballot_id: ballot.id, member_id: seat, choice: 'yes' as const };
        await insertOpenVote(trx, { ...vote, cast_at: deciding.moment.now });
      }
    });
  }
}
