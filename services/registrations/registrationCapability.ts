import { readRegistrationCases, type RegistrationCase } from '../../db/views/registrationCases.ts';
import type { Capability } from '../workflow/capability.ts';
import { grant, unitGrants } from '../workflow/policy.ts';

const handedIn = ['submitted', 'accepted', 'withdrawn'];

/**
 * Registrations: a unit's pledge for one year of a movement. No legal basis for an award since the 2022 Law
 * (Điều 7; domain.md §1.2), so nothing in the code refuses an award for the lack of one.
 */
export const registrationCapability: Capability<RegistrationCase> = {
  workflow: 'registration',
  collection: 'registrations',
  policy: {
    view: [
      ...unitGrants('own'),
      ...unitGrants('clusterLead', handedIn),
      grant('appraiser', 'any', handedIn),
      grant('agencyHead', 'any', handedIn),
      grant('chairman', 'any', handedIn),
      grant('inspector', 'any', handedIn),
    ],
    create: unitGrants('own'),
    change: unitGrants('own', ['draft']),
    SUBMIT: [grant('unitLeader', 'own')],
    WITHDRAW: [grant('unitLeader', 'own')],
    ACCEPT: [...unitGrants('clusterLead'), grant('appraiser'), grant('agencyHead')],
    RETURN: [...unitGrants('clusterLead'), grant('appraiser'), grant('agencyHead')],
  },
  readCases: readRegistrationCases,
  facts: ({ registration }) => ({ hasTargets: registration.targets.length > 0 }),
  related: () => [],
  record: () => Promise.resolve(),
  present: ({ registration, unit_code, unit_name, movement_title, cluster_id }) => ({
    movementId: registration.movement_id,
    movementTitle: movement_title,
    unitId: registration.unit_id,
    unitCode: unit_code,
    unitName: unit_name,
    clusterId: cluster_id,
    year: registration.year,
    pledge: registration.pledge,
    targets: registration.targets,
    awardCodes: registration.award_codes,
  }),
};
