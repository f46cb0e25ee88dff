import type { Knex } from 'knex';
import { supersedeResult } from '../../../db/roundResults.ts';
import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import type { Recording } from '../../../workflows/effects.ts';
import type { RecordingContext } from '../../workflow/capability.ts';

/** Writes what a round's events ask for: its result when it is finalized, the end of that result when reopened. */
export async function recordRoundResult(
  trx: Knex.Transaction,
  recordings: readonly Recording[],
  context: RecordingContext<ScoringRoundCase>,
): Promise<void> {
  for (const { what, data } of recordings) {
    if (what === 'supersedeResult') {
      const { reason } = data;
      await supersedeResult(trx, context.row.id, { at: context.moment.now, reason });
    }
  }
}
