import type { Knex } from 'knex';
import { saveKnockouts, type RoundKnockout } from '../../../db/scoringRounds.ts';
import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import type { Actor } from '../../accounts/actor.ts';
import { Forbidden, InvalidInput, type InputProblem } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import { officeEver } from '../../workflow/policy.ts';
import { recordFact } from '../../workflow/recordFact.ts';
import { scoringRoundCapability } from './scoringRoundCapability.ts';

/**
 * Replaces the knock-outs (điểm liệt) of a round and records the old and the new ones. Throws InvalidInput for a
 * unit outside the cluster or a code that a unit has twice, StaleRevision, NotAllowedNow outside verification.
 */
export async function setKnockouts(
  trx: Knex.Transaction,
  ports: Ports,
  change: {
    row: ScoringRoundCase;
    actor: Actor;
    expectedRevision: number | null;
    knockouts: readonly RoundKnockout[];
  },
): Promise<void> {
  const { row, actor, knockouts } = change;
  const office = officeEver(scoringRoundCapability.policy, 'setKnockouts', actor, row);
  if (office === null) throw new Forbidden();
  const problems = knockoutProblems(row, knockouts);
  if (problems.length > 0) throw new InvalidInput(problems);
  await recordFact(trx, ports, {
    instanceId: row.id,
    type: 'knockoutsSet',
    actor,
    officeId: office.id,
    detail: { from: row.round.knockouts, to: knockouts },
    states: ['verification'],
    refusal: {
      vi: 'Điểm liệt chỉ được ghi ở bước thẩm định điểm.',
      en: 'Knock-outs are set in verification only.',
    },
    expectedRevision: change.expectedRevision,
  });
  await saveKnockouts(trx, row.id, knockouts);
}

function knockoutProblems(row: ScoringRoundCase, knockouts: readonly RoundKnockout[]): InputProblem[] {
  const seen = new Set<string>();
  return knockouts.flatMap(({ unitId, code }, index): InputProblem[] => {
    const pointer = `/knockouts/${index}`;
    if (!row.member_unit_ids.includes(unitId)) {
      return [{ pointer: `${pointer}/unitId`, message: NO_MEMBER }];
    }
    const key = `${unitId}/${code}`;
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated ? [{ pointer, message: REPEATED }] : [];
  });
}

const NO_MEMBER = {
  vi: 'Đơn vị không thuộc cụm, khối này.',
  en: 'The unit is no member of the cluster.',
};
const REPEATED = {
  vi: 'Điểm liệt này đã ghi cho đơn vị ở dòng trên.',
  en: 'The unit has this knock-out in an earlier line.',
};
