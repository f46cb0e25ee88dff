import type { Knex } from 'knex';
import type { OfficeRow } from '../../db/accounts.ts';
import { endOffice, insertOffice } from '../../db/offices.ts';
import { findUnit } from '../../db/organisation.ts';
import { InvalidInput, type InputProblem } from '../errors.ts';
import type { NewId } from '../ports.ts';
import type { Role } from './actor.ts';
import type { Callers } from './callers.ts';
import { keepAnAdministrator } from './keepAnAdministrator.ts';

export interface NewOffice {
  role: Role;
  unitId: string | null;
  title: string;
  validFrom: string;
  validTo: string | null;
}

/** Gives an account an office. Throws InvalidInput: unit roles need a unit, all others have none; days in order. */
export async function grantOffice(
  trx: Knex.Transaction,
  { newId, callers }: { newId: NewId; callers: Callers },
  accountId: string,
  office: NewOffice,
): Promise<OfficeRow> {
  const problems = [...(await unitProblems(trx, office)), ...dayProblems(office.validFrom, office.validTo)];
  if (problems.length > 0) throw new InvalidInput(problems);
  const row: OfficeRow = {
    id: newId(),
    account_id: accountId,
    role: office.role,
    unit_id: office.unitId,
    title: office.title,
    valid_from: office.validFrom,
    valid_to: office.validTo,
  };
  await insertOffice(trx, row);
  await callers.forgetAfter(trx);
  return row;
}

/**
 * Lets an office end with a day. Throws InvalidInput for a day before it began, NotAllowedNow where no administrator
 * would be left. An office is never deleted: what was done with it stays explained.
 */
export async function endOfficeOn(
  trx: Knex.Transaction,
  { callers }: { callers: Callers },
  office: OfficeRow,
  validTo: string,
): Promise<OfficeRow> {
  const problems = dayProblems(office.valid_from, validTo);
  if (problems.length > 0) throw new InvalidInput(problems);
  await endOffice(trx, office.id, validTo);
  if (office.role === 'administrator') await keepAnAdministrator(trx, validTo);
  await callers.forgetAfter(trx);
  return { ...office, valid_to: validTo };
}

async function unitProblems(trx: Knex.Transaction, { role, unitId }: NewOffice): Promise<InputProblem[]> {
  const pointer = '/unitId';
  const isOfUnit = role === 'unitOfficer' || role === 'unitLeader';
  if (isOfUnit && unitId === null) {
    return [
      { pointer, message: { vi: 'Chức vụ này phải thuộc một đơn vị.', en: 'This role needs a unit.' } },
    ];
  }
  if (!isOfUnit && unitId !== null) {
    return [{ pointer, message: { vi: 'Chức vụ này không thuộc đơn vị.', en: 'This role has no unit.' } }];
  }
  if (unitId === null || (await findUnit(trx, unitId)) !== null) return [];
  return [{ pointer, message: { vi: 'Không có đơn vị này.', en: 'There is no such unit.' } }];
}

function dayProblems(validFrom: string, validTo: string | null): InputProblem[] {
  if (validTo === null || validTo >= validFrom) return [];
  const message = { vi: `Không được trước ngày ${validFrom}.`, en: `Must not be before ${validFrom}.` };
  return [{ pointer: '/validTo', message }];
}
