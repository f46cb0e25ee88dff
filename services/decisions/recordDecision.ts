import type { Knex } from 'knex';
import { correctListedAwards } from '../../db/awardCorrections.ts';
import { revokeListedAwards } from '../../db/awardRevocations.ts';
import { NUMBER_ONCE_A_YEAR, storeNumber, storeSignature } from '../../db/decisions.ts';
import { isRefusal, UNIQUE_VIOLATION } from '../../db/errors.ts';
import type { DecisionCase } from '../../db/views/decisionCases.ts';
import type { Recording } from '../../workflows/effects.ts';
import { NotAllowedNow } from '../errors.ts';
import type { RecordingContext } from '../workflow/capability.ts';
import { requirePaperDay } from '../workflow/paperDay.ts';
import { itemsOf } from './itemsOf.ts';
import { recordAwards } from './recordAwards.ts';

type Context = RecordingContext<DecisionCase>;

interface Issue {
  number: string;
  date: string;
}

/** Writes the rows that the decision workflow asks for, in the transaction of the event. */
export async function recordDecision(
  trx: Knex.Transaction,
  recordings: readonly Recording[],
  context: Context,
): Promise<void> {
  for (const recording of recordings) await recordOne(trx, recording, context);
}

async function recordOne(trx: Knex.Transaction, recording: Recording, context: Context): Promise<void> {
  const { row, actor, moment, ports } = context;
  switch (recording.what) {
    case 'signature': {
      const { signatory, capacity } = recording.data;
      return storeSignature(trx, row.id, { signatory, capacity, signed_by: actor.accountId });
    }
    case 'withdrawSignature':
      return storeSignature(trx, row.id, { signatory: null, capacity: null, signed_by: null });
    case 'issueAwards': {
      await giveNumber(trx, recording.data, context);
      const nominationIds = itemsOf(row).map(({ nomination_id }) => nomination_id);
      const decided = { ...recording.data, nominationIds, decisionId: row.id, authority: null };
      await recordAwards(trx, ports, decided, moment.now);
      return;
    }
    case 'revokeAwards':
      await giveNumber(trx, recording.data, context);
      return revokeListedAwards(trx, row.id, moment.now);
    case 'applyCorrections':
      await giveNumber(trx, recording.data, context);
      return correctListedAwards(trx, row.id, moment.now);
    default:
      throw new Error(`a decision does not record ${recording.what}`);
  }
}

/**
 * Throws InvalidInput for a date that is still to come or older than last year's register, NotAllowedNow for a number
 * that is taken.
 */
async function giveNumber(
  trx: Knex.Transaction,
  { number, date }: Issue,
  { row, moment }: Context,
): Promise<void> {
  const year = Number(date.slice(0, 4));
  const lastYear = Number(moment.today.slice(0, 4)) - 1;
  requirePaperDay('/date', date, { from: `${lastYear}-01-01`, today: moment.today });
  try {
    await storeNumber(trx, row.id, { number, issued_on: date });
  } catch (error) {
    if (!isRefusal(error, UNIQUE_VIOLATION, NUMBER_ONCE_A_YEAR)) throw error;
    throw new NotAllowedNow('conflict', {
      vi: `Số ${number} đã được dùng cho một quyết định khác của năm ${year}.`,
      en: `The number ${number} is taken by another decision of ${year}.`,
    });
  }
}
