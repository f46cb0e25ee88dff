import type { Knex } from 'knex';
import { Conflict } from '../../db/errors.ts';
import { findUnit } from '../../db/organisation.ts';
import { insertUnit } from '../../db/units.ts';
import { InvalidInput, NotAllowedNow } from '../errors.ts';
import type { NewId } from '../ports.ts';

export const UNIT_KINDS = [
  'province',
  'city',
  'district',
  'commune',
  'department',
  'organisation',
  'enterprise',
  'force',
] as const;

export interface NewUnit {
  code: string;
  name: string;
  kind: (typeof UNIT_KINDS)[number];
  parentId: string | null;
  isPoorDistrict: boolean;
  validFrom: string;
}

/**
 * Adds a unit; answers its id. Throws InvalidInput for an unknown parent, NotAllowedNow for a taken code: a code
 * names one unit for ever.
 */
export async function createUnit(
  trx: Knex.Transaction,
  { newId }: { newId: NewId },
  unit: NewUnit,
): Promise<string> {
  if (unit.parentId !== null && (await findUnit(trx, unit.parentId)) === null) {
    const message = { vi: 'Không có đơn vị này.', en: 'There is no such unit.' };
    throw new InvalidInput([{ pointer: '/parentId', message }]);
  }
  const id = newId();
  try {
    await insertUnit(trx, {
      id,
      code: unit.code,
      name: unit.name,
      kind: unit.kind,
      parent_id: unit.parentId,
      is_poor_district: unit.isPoorDistrict,
      valid_from: unit.validFrom,
      valid_to: null,
      succeeded_by: null,
    });
  } catch (error) {
    throw error instanceof Conflict ? codeTaken(unit.code) : error;
  }
  return id;
}

/** The refusal of a code that is, or was, another's. */
export function codeTaken(code: string): NotAllowedNow {
  return new NotAllowedNow('conflict', {
    vi: `Mã "${code}" đã dùng.`,
    en: `The code "${code}" is in use.`,
  });
}
