import type { Knex } from 'knex';
import { insertClusterVote, insertClusterVoteResult } from '../../db/clusterVotes.ts';
import { insertHigherDecision } from '../../db/higherDecisions.ts';
import { receiveNomination } from '../../db/nominations.ts';
import type { Recording } from '../../workflows/effects.ts';
import { recordAwards } from '../decisions/recordAwards.ts';
import type { RecordingContext } from '../workflow/capability.ts';
import { requirePaperDay } from '../workflow/paperDay.ts';
import type { NominationCase } from './nominationCase.ts';
import { tallyOf, votingUnit } from './nominationFacts.ts';

type Context = RecordingContext<NominationCase>;

/** Writes the rows that the nomination workflow asks for, in the transaction of the event. */
export async function recordNomination(
  trx: Knex.Transaction,
  recordings: readonly Recording[],
  context: Context,
): Promise<void> {
  for (const recording of recordings) await recordOne(trx, recording, context);
}

async function recordOne(trx: Knex.Transaction, recording: Recording, context: Context): Promise<void> {
  switch (recording.what) {
    case 'reception':
      return receiveNomination(trx, context.row.id, context.moment.today);
    case 'clusterVote':
      return recordVote(trx, recording.data, context);
    case 'closeClusterVote':
      return recordVoteResult(trx, recording.data.passed, context);
    case 'higherRefusal':
      return recordHigherDecision(trx, { ...recording.data, granted: false }, context);
    case 'higherAward':
      await recordHigherDecision(trx, { ...recording.data, granted: true }, context);
      return enterHigherAward(trx, recording.data, context);
    default:
      throw new Error(`a nomination does not record ${recording.what}`);
  }
}

/** The vote of the unit for which the caller acts; the guard has seen that it has a vote and has not cast it. */
async function recordVote(
  trx: Knex.Transaction,
  { choice, reason }: Extract<Recording, { what: 'clusterVote' }>['data'],
  { row, actor, moment }: Context,
): Promise<void> {
  const unitId = votingUnit(row, actor);
  if (unitId === null) throw new Error(`nobody votes on nomination ${row.id}`);
  await insertClusterVote(trx, {
    nomination_id: row.id,
    unit_id: unitId,
    choice,
    reason: reason ?? null,
    account_id: actor.accountId,
    cast_at: moment.now,
  });
}

async function recordVoteResult(
  trx: Knex.Transaction,
  passed: boolean,
  { row, moment }: Context,
): Promise<void> {
  const tally = tallyOf(row);
  if (tally === null) throw new Error(`nomination ${row.id} has no cluster vote`);
  await insertClusterVoteResult(trx, {
    nomination_id: row.id,
    yes: tally.yes,
    base: tally.base,
    needed: tally.needed ?? 0,
    passed,
    closed_at: moment.now,
  });
}

/** Throws InvalidInput for a decision dated before the dossier was received, or in the future. */
async function recordHigherDecision(
  trx: Knex.Transaction,
  decision: {
    granted: boolean;
    authority: string;
    number: string;
    date: string;
    reason?: string | undefined;
  },
  { row, moment }: Context,
): Promise<void> {
  const from = row.nomination.received_on ?? moment.today;
  requirePaperDay('/date', decision.date, { from, today: moment.today });
  await insertHigherDecision(trx, {
    nomination_id: row.id,
    granted: decision.granted,
    authority: decision.authority,
    number: decision.number,
    decided_on: decision.date,
    reason: decision.reason ?? null,
    recorded_at: moment.now,
  });
}

/** Enters what the higher level granted into the golden book, under the higher level's own document. */
async function enterHigherAward(
  trx: Knex.Transaction,
  { authority, number, date }: Extract<Recording, { what: 'higherAward' }>['data'],
  { row, moment, ports }: Context,
): Promise<void> {
  const decided = { nominationIds: [row.id], decisionId: null, authority, number, date };
  await recordAwards(trx, ports, decided, moment.now);
}
