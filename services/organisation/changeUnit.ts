import type { Knex } from 'knex';
import { endMembershipsOf } from '../../db/clusters.ts';
import { endOfficesOfUnit } from '../../db/offices.ts';
import type { UnitRow } from '../../db/organisation.ts';
import { keepFormerName, lockUnits, updateUnit } from '../../db/units.ts';
import { NotFound } from '../../db/errors.ts';
import { InvalidInput, NotAllowedNow, type InputProblem } from '../errors.ts';

/** What changes of a unit; what is undefined stays. */
export interface UnitChange {
  name?: string | undefined;
  isPoorDistrict?: boolean | undefined;
  /** The last day of the unit. */
  validTo?: string | undefined;
  /** The unit that takes its place; only with an end. */
  succeededById?: string | undefined;
}

/**
 * Renames a unit from `today` on, or lets it end with a day, maybe with a successor. Its former name stays on record;
 * its memberships, terms and offices end with it. Throws InvalidInput, and NotAllowedNow once it has ended.
 */
export async function changeUnit(
  trx: Knex.Transaction,
  id: string,
  change: UnitChange,
  today: string,
): Promise<void> {
  const { name, isPoorDistrict, validTo, succeededById } = change;
  const locked = await lockUnits(trx, [id, ...(succeededById === undefined ? [] : [succeededById])]);
  const unit = locked.find((row) => row.id === id);
  if (unit === undefined) throw new NotFound('unit');
  if (unit.valid_to !== null && unit.valid_to < today) throw ended(unit.valid_to);
  const successor = locked.find((row) => row.id === succeededById) ?? null;
  const problems = [...endProblems(unit, validTo), ...successorProblems(unit, change, successor)];
  if (problems.length > 0) throw new InvalidInput(problems);

  if (name !== undefined && name !== unit.name) {
    await keepFormerName(trx, { unit_id: id, name: unit.name, valid_to: today });
  }
  await updateUnit(trx, id, {
    name: name ?? unit.name,
    is_poor_district: isPoorDistrict ?? unit.is_poor_district,
    valid_to: validTo ?? unit.valid_to,
    succeeded_by: succeededById ?? unit.succeeded_by,
  });
  if (validTo === undefined) return;
  await endMembershipsOf(trx, id, validTo);
  await endOfficesOfUnit(trx, id, validTo);
}

function ended(day: string): NotAllowedNow {
  return new NotAllowedNow('conflict', {
    vi: `Đơn vị đã kết thúc ngày ${day}.`,
    en: `The unit ended on ${day}.`,
  });
}

function endProblems(unit: UnitRow, validTo: string | undefined): InputProblem[] {
  if (validTo === undefined || validTo >= unit.valid_from) return [];
  const message = {
    vi: `Không được trước ngày ${unit.valid_from}.`,
    en: `Must not be before ${unit.valid_from}.`,
  };
  return [{ pointer: '/validTo', message }];
}

/** A successor outlives whom it succeeds, so that no circle of successors can close. */
function successorProblems(
  unit: UnitRow,
  { validTo, succeededById }: UnitChange,
  successor: UnitRow | null,
): InputProblem[] {
  if (succeededById === undefined) return [];
  const pointer = '/succeededById';
  const end = validTo ?? unit.valid_to;
  if (end === null) {
    return [
      { pointer, message: { vi: 'Chỉ khai khi đơn vị kết thúc.', en: 'Only with an end of the unit.' } },
    ];
  }
  if (successor === null) {
    return [{ pointer, message: { vi: 'Không có đơn vị này.', en: 'There is no such unit.' } }];
  }
  if (successor.valid_to === null || successor.valid_to > end) {
    return successor.id === unit.id ? [{ pointer, message: NOT_ITSELF }] : [];
  }
  return [
    { pointer, message: { vi: 'Đơn vị kế thừa phải còn hoạt động.', en: 'The successor must go on.' } },
  ];
}

const NOT_ITSELF = { vi: 'Phải là đơn vị khác.', en: 'Must be another unit.' };
