import { holds, unitsOf, type Actor } from '../accounts/actor.ts';

/** Those who prepare, sign, issue or inspect decisions. */
export function worksOnDecisions(actor: Actor): boolean {
  return holds(actor, 'recordsClerk', 'appraiser', 'agencyHead', 'chairman', 'issuingClerk', 'inspector');
}

/** True for those who may read why an award was taken back or corrected: it can say much about a person. */
export function seesReasons(actor: Actor, unitId: string): boolean {
  return worksOnDecisions(actor) || unitsOf(actor).includes(unitId);
}
