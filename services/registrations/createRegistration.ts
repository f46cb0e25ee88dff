import type { Knex } from 'knex';
import { claimRegistrationPlace, insertRegistration, type PledgedTarget } from '../../db/registrations.ts';
import { readMovementCases } from '../../db/views/movementCases.ts';
import type { Actor, Office } from '../accounts/actor.ts';
import { InvalidInput, NotAllowedNow } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { Scope } from '../workflow/policy.ts';
import { startCase } from '../workflow/startCase.ts';

/** A registration as a unit writes it; targets' values are decimals as written. */
export interface NewRegistration {
  movementId: string;
  unitId: string;
  year: number;
  pledge: string;
  targets: PledgedTarget[];
  awardCodes: string[];
}

const OPEN_STATES = ['running', 'midtermReview'];

/**
 * Drafts a unit's registration; answers its id. One stands per movement, unit and year; a withdrawn one
 * leaves its place free.
 * Throws InvalidInput for an unknown movement or a year outside its period, NotAllowedNow `wrong-state` when
 * the movement is over, `conflict` when a registration stands already.
 */
export async function createRegistration(
  trx: Knex.Transaction,
  ports: Ports,
  by: { actor: Actor; office: Office; scope: Scope },
  wanted: NewRegistration,
): Promise<string> {
  await requireOpenMovement(trx, wanted);
  const place = { movement_id: wanted.movementId, unit_id: wanted.unitId, year: wanted.year };
  if ((await claimRegistrationPlace(trx, place)) !== null) throw alreadyThere(wanted.year);

  const id = ports.newId();
  await startCase(trx, ports, {
    id,
    workflow: 'registration',
    unitId: wanted.unitId,
    clusterId: by.scope.cluster_id,
    input: {},
    actor: by.actor,
    officeId: by.office.id,
    detail: { movementId: wanted.movementId, year: wanted.year },
  });
  await insertRegistration(trx, {
    ...place,
    id,
    pledge: wanted.pledge,
    targets: wanted.targets,
    award_codes: wanted.awardCodes,
  });
  return id;
}

async function requireOpenMovement(
  trx: Knex.Transaction,
  { movementId, year }: NewRegistration,
): Promise<void> {
  const [found] = await readMovementCases(trx, [movementId]);
  // To a unit, a movement that is still being drafted does not exist yet.
  if (found === undefined || found.state === 'draft') {
    const message = { vi: 'Không có phong trào này.', en: 'There is no such movement.' };
    throw new InvalidInput([{ pointer: '/movementId', message }]);
  }
  const { period_from: from, period_to: to } = found.movement;
  if (year < from || year > to) {
    const message = {
      vi: `Phong trào chỉ kéo dài từ năm ${from} đến năm ${to}.`,
      en: `The movement runs from ${from} to ${to} only.`,
    };
    throw new InvalidInput([{ pointer: '/year', message }]);
  }
  if (!OPEN_STATES.includes(found.state)) {
    throw new NotAllowedNow('wrong-state', {
      vi: 'Phong trào không còn nhận đăng ký.',
      en: 'The movement takes no more registrations.',
    });
  }
}

function alreadyThere(year: number): NotAllowedNow {
  return new NotAllowedNow('conflict', {
    vi: `Đơn vị đã có bản đăng ký năm ${year} cho phong trào này; hãy sửa bản đó hoặc rút lại trước.`,
    en: `The unit has a registration for ${year} in this movement; change it, or withdraw it first.`,
  });
}
