import type { Knex } from 'knex';
import { findCriteriaSheet } from '../../../db/criteriaSheets.ts';
import { insertRoundResult, supersedeResult } from '../../../db/roundResults.ts';
import { scoreSheetsOf } from '../../../db/scoreSheets.ts';
import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import type { Recording } from '../../../workflows/effects.ts';
import { NotAllowedNow } from '../../errors.ts';
import type { RecordingContext } from '../../workflow/capability.ts';
import { printPath, type Problem } from '../problems.ts';
import { computeRound } from './computeRound.ts';
import { roundInputs } from './roundInputs.ts';

/** Writes what a round's events ask for: its result when it is finalized, the end of that result when reopened. */
export async function recordRoundResult(
  trx: Knex.Transaction,
  recordings: readonly Recording[],
  context: RecordingContext<ScoringRoundCase>,
): Promise<void> {
  for (const { what, data } of recordings) {
    if (what === 'roundResult') await computeAndKeep(trx, context);
    if (what === 'supersedeResult') {
      await supersedeResult(trx, context.row.id, { at: context.moment.now, reason: data.reason });
    }
  }
}

async function computeAndKeep(
  trx: Knex.Transaction,
  { row, moment, ports }: RecordingContext<ScoringRoundCase>,
): Promise<void> {
  const sheet = await findCriteriaSheet(trx, row.round.sheet_id);
  const inputs = roundInputs(row, sheet?.content, await scoreSheetsOf(trx, row.id));
  const computed = computeRound(inputs);
  if ('problems' in computed) throw notComputable(computed.problems);
  await insertRoundResult(trx, {
    id: ports.newId(),
    round_id: row.id,
    inputs,
    computed_at: moment.now,
    ...computed.value,
  });
}

/** Saved cells are checked one by one; what they say together can still contradict. */
function notComputable(problems: readonly Problem[]): NotAllowedNow {
  const [first] = problems;
  const place = first === undefined ? '' : `${printPath(first.path)}: ${first.message}`;
  return new NotAllowedNow('conflict', {
    vi: `Số liệu của đợt chấm mâu thuẫn, chưa tính được kết quả (${place}).`,
    en: `What is stored contradicts itself, so no result can be computed (${place}).`,
  });
}
