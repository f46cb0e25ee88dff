import type { Knex } from 'knex';
import { insertCluster, lockCluster, membersElsewhere, setMembers, setTerm } from '../../db/clusters.ts';
import { Conflict } from '../../db/errors.ts';
import type { ClusterRow, ClusterView } from '../../db/organisation.ts';
import { lockUnits } from '../../db/units.ts';
import { InvalidInput, NotAllowedNow, type InputProblem } from '../errors.ts';
import type { NewId } from '../ports.ts';
import { codeTaken } from './createUnit.ts';

export interface NewCluster {
  code: string;
  name: string;
  kind: ClusterRow['kind'];
  /** The decision by which it was formed. */
  basis: string;
  validFrom: string;
}

/** Adds a cluster or bloc without members; answers its id. Throws NotAllowedNow for a taken code. */
export async function createCluster(
  trx: Knex.Transaction,
  { newId }: { newId: NewId },
  { code, name, kind, basis, validFrom }: NewCluster,
): Promise<string> {
  const id = newId();
  try {
    await insertCluster(trx, { id, code, name, kind, basis, valid_from: validFrom, valid_to: null });
  } catch (error) {
    throw error instanceof Conflict ? codeTaken(code) : error;
  }
  return id;
}

/**
 * From `today` on these units are the members, and no others; a lead or deputy who leaves is lead no longer.
 * Throws InvalidInput for a unit that is not there today, NotAllowedNow for one that belongs to another cluster:
 * nobody competes in two.
 */
export async function changeMembers(
  trx: Knex.Transaction,
  clusterId: string,
  unitIds: readonly string[],
  today: string,
): Promise<void> {
  await lockCluster(trx, clusterId);
  const units = await lockUnits(trx, unitIds);
  const there = new Map(
    units
      .filter((unit) => unit.valid_from <= today && (unit.valid_to === null || unit.valid_to >= today))
      .map((unit) => [unit.id, unit]),
  );
  const problems = unitIds.flatMap((id, index): InputProblem[] =>
    there.has(id) ? [] : [{ pointer: `/unitIds/${index}`, message: NO_UNIT }],
  );
  if (problems.length > 0) throw new InvalidInput(problems);
  const elsewhere = await membersElsewhere(trx, clusterId, unitIds, today);
  if (elsewhere.length > 0) {
    const names = elsewhere.map(({ unit_id }) => there.get(unit_id)?.name ?? unit_id).join('; ');
    throw new NotAllowedNow('conflict', {
      vi: `Đang thuộc cụm, khối khác: ${names}.`,
      en: `Belongs to another cluster: ${names}.`,
    });
  }
  await setMembers(trx, clusterId, unitIds, today);
}

/** From `today` on these members lead; null: nobody. Throws InvalidInput for a unit that is no member. */
export async function changeTerms(
  trx: Knex.Transaction,
  cluster: ClusterView,
  { leadId, deputyId }: { leadId: string | null; deputyId: string | null },
  today: string,
): Promise<void> {
  await lockCluster(trx, cluster.id);
  const isMember = (id: string | null) => id === null || cluster.members.some((each) => each.unit_id === id);
  const problems: InputProblem[] = [];
  if (!isMember(leadId)) problems.push({ pointer: '/leadId', message: NO_MEMBER });
  if (!isMember(deputyId)) problems.push({ pointer: '/deputyId', message: NO_MEMBER });
  if (leadId !== null && leadId === deputyId) problems.push({ pointer: '/deputyId', message: SAME });
  if (problems.length > 0) throw new InvalidInput(problems);
  await setTerm(trx, cluster.id, 'lead', leadId, today);
  await setTerm(trx, cluster.id, 'deputy', deputyId, today);
}

const NO_UNIT = { vi: 'Không có đơn vị này.', en: 'There is no such unit.' };
const NO_MEMBER = { vi: 'Không phải thành viên của cụm, khối.', en: 'Not a member of the cluster.' };
const SAME = { vi: 'Phải khác đơn vị trưởng.', en: 'Must be another unit than the lead.' };
