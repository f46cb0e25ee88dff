import type { Knex } from 'knex';
import { clusterOfUnit, findUnit } from '../../db/organisation.ts';
import { insertNomination } from '../../db/nominations.ts';
import type { Actor, Office } from '../accounts/actor.ts';
import { InvalidInput } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { awardRule } from '../rules/lookUpRule.ts';
import type { AwardRule, SubjectType } from '../rules/rulePack.ts';
import type { Scope } from '../workflow/policy.ts';
import { startCase } from '../workflow/startCase.ts';
import { checkMovement } from './checkMovement.ts';
import type { Packs } from './nominationCase.ts';

/** Whom a unit nominates for what. */
export interface NewNomination {
  awardCode: string;
  unitId: string;
  year: number;
  movementId?: string | undefined;
  subjectType: SubjectType;
  subjectName: string;
  subjectPosition?: string | undefined;
  achievement: string;
}

/** Whose nomination it will be: the unit's, before the cluster it belongs to today. Throws InvalidInput. */
export async function nominationScope(db: Knex, unitId: string, today: string): Promise<Scope> {
  const unit = await findUnit(db, unitId);
  if (unit === null || (unit.valid_to !== null && unit.valid_to < today)) {
    const message = { vi: 'Không có đơn vị này.', en: 'There is no such unit.' };
    throw new InvalidInput([{ pointer: '/unitId', message }]);
  }
  return { unit_id: unitId, cluster_id: await clusterOfUnit(db, unitId, today) };
}

/**
 * Drafts a nomination and answers its id. It pins the pack in force today, and with it the way of its award.
 * Throws NoRuleInForce where no pack covers the day; InvalidInput where the pack does not offer the award, the
 * award is not for such a recipient, or the way leads through a cluster that the unit does not have.
 */
export async function createNomination(
  trx: Knex.Transaction,
  { ports, packs }: { ports: Ports; packs: Packs },
  by: { actor: Actor; office: Office; scope: Scope },
  wanted: NewNomination,
): Promise<string> {
  const pack = packs.packOn(ports.clock.today());
  const award = offeredAward(awardRule(pack, wanted.awardCode), wanted, by.scope);
  await checkMovement(trx, wanted.movementId ?? null);

  const id = ports.newId();
  const { route } = award;
  await startCase(trx, ports, {
    id,
    workflow: 'nomination',
    unitId: wanted.unitId,
    clusterId: by.scope.cluster_id,
    input: {
      route: {
        clusterVote: route.clusterVote !== null,
        council: route.council !== null,
        higher: route.higher !== null,
      },
    },
    actor: by.actor,
    officeId: by.office.id,
    detail: { ...wanted, rulePack: { code: pack.code, version: pack.version } },
  });
  await insertNomination(trx, {
    id,
    award_code: award.code,
    pack_id: pack.id,
    unit_id: wanted.unitId,
    cluster_id: by.scope.cluster_id,
    movement_id: wanted.movementId ?? null,
    year: wanted.year,
    subject_type: wanted.subjectType,
    subject_name: wanted.subjectName,
    subject_position: wanted.subjectPosition ?? null,
    achievement: wanted.achievement,
    received_on: null,
  });
  return id;
}

function offeredAward(award: AwardRule | null, wanted: NewNomination, scope: Scope): AwardRule {
  if (award === null) {
    const message = {
      vi: 'Quy định đang áp dụng không có danh hiệu, hình thức khen thưởng này.',
      en: 'The rules in force do not offer this award.',
    };
    throw new InvalidInput([{ pointer: '/awardCode', message }]);
  }
  if (!award.subjects.includes(wanted.subjectType)) {
    throw new InvalidInput([{ pointer: '/awardCode', message: notForSubject(award) }]);
  }
  if (award.route.clusterVote !== null && scope.cluster_id === null) {
    const message = {
      vi: `"${award.name.vi}" phải qua bình xét của cụm, khối; đơn vị chưa thuộc cụm, khối nào.`,
      en: `"${award.name.en}" goes through a cluster; the unit belongs to none.`,
    };
    throw new InvalidInput([{ pointer: '/unitId', message }]);
  }
  return award;
}

const SUBJECTS: Record<SubjectType, { vi: string; en: string }> = {
  individual: { vi: 'cá nhân', en: 'individuals' },
  collective: { vi: 'tập thể', en: 'collectives' },
  household: { vi: 'hộ gia đình', en: 'households' },
};

/** Why an award does not fit a recipient of another kind. */
export function notForSubject({ name, subjects }: AwardRule): { vi: string; en: string } {
  return {
    vi: `"${name.vi}" chỉ dành cho ${subjects.map((one) => SUBJECTS[one].vi).join(', ')}.`,
    en: `"${name.en}" is only for ${subjects.map((one) => SUBJECTS[one].en).join(', ')}.`,
  };
}
