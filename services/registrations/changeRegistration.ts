import type { Knex } from 'knex';
import { updateRegistration, type RegistrationWords } from '../../db/registrations.ts';
import type { RegistrationCase } from '../../db/views/registrationCases.ts';
import type { Actor } from '../accounts/actor.ts';
import { Forbidden } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { officeEver } from '../workflow/policy.ts';
import { recordFact } from '../workflow/recordFact.ts';
import { registrationCapability } from './registrationCapability.ts';

/**
 * Changes what a draft says, and records the old and the new words. Throws StaleRevision when
 * `expectedRevision` is not the current one, NotAllowedNow once it is handed in.
 */
export async function changeRegistration(
  trx: Knex.Transaction,
  ports: Ports,
  change: {
    row: RegistrationCase;
    actor: Actor;
    expectedRevision: number | null;
    words: RegistrationWords;
  },
): Promise<void> {
  const { row, actor, words } = change;
  const office = officeEver(registrationCapability.policy, 'change', actor, row);
  if (office === null) throw new Forbidden();
  const { pledge, targets, award_codes } = row.registration;
  await recordFact(trx, ports, {
    instanceId: row.id,
    type: 'registrationChanged',
    actor,
    officeId: office.id,
    detail: { from: { pledge, targets, award_codes }, to: words },
    states: ['draft'],
    refusal: {
      vi: 'Bản đăng ký đã gửi đi; chỉ sửa được khi bị trả lại.',
      en: 'The registration is handed in; it can be changed only when it is returned.',
    },
    expectedRevision: change.expectedRevision,
  });
  await updateRegistration(trx, row.id, words);
}
