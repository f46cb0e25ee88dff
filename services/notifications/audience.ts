import type { Party } from '../../workflows/effects.ts';
import type { Role } from '../accounts/actor.ts';

/** An office that is told: of one unit, or (null) whichever holder there is. */
export interface Seat {
  role: Role;
  unitId: string | null;
}

/** A unit with its position in a cluster on the day. */
export interface ClusterSeat {
  clusterId: string;
  unitId: string;
  position: 'lead' | 'deputy' | 'member';
}

const ROLE_OF: Partial<Record<Party, Role>> = {
  appraiser: 'appraiser',
  agencyHead: 'agencyHead',
  recordsClerk: 'recordsClerk',
  councilSecretary: 'councilSecretary',
  councilMembers: 'councilMember',
  chairman: 'chairman',
  issuingClerk: 'issuingClerk',
};

/** The role that stands for a party of officials of the province; null for units. */
export function provinceRole(party: Party): Role | null {
  return ROLE_OF[party] ?? null;
}

/**
 * The units that act for the lead of a cluster in a case of `caseUnitId` (null: a case of no single unit): the lead,
 * or the deputy where the lead's own case is concerned (services/workflow/policy.ts knows the same rule).
 */
export function actingUnits(seats: readonly ClusterSeat[], caseUnitId: string | null): string[] {
  const others = seats.filter(({ unitId }) => unitId !== caseUnitId);
  const leads = others.filter(({ position }) => position === 'lead');
  const acting = leads.length > 0 ? leads : others.filter(({ position }) => position === 'deputy');
  return acting.map(({ unitId }) => unitId);
}

const officers = (units: readonly string[]): Seat[] =>
  units.map((unitId) => ({ role: 'unitOfficer', unitId }));
const leaders = (units: readonly string[]): Seat[] => units.map((unitId) => ({ role: 'unitLeader', unitId }));
const people = (units: readonly string[]): Seat[] => [...officers(units), ...leaders(units)];

/** Who is told by a notice: of a unit its officer, who does the work, and its leader, who answers for it. */
export function noticeSeats(party: Party, unitId: string | null, cluster: readonly ClusterSeat[]): Seat[] {
  switch (party) {
    case 'unit':
      return people(unitId === null ? [] : [unitId]);
    case 'clusterLead':
      return people(actingUnits(cluster, unitId));
    case 'eachMember':
      return people(cluster.map((seat) => seat.unitId));
    case 'allUnits':
      return [
        { role: 'unitOfficer', unitId: null },
        { role: 'unitLeader', unitId: null },
      ];
    default:
      return provinceSeats(party);
  }
}

/** What an obligation says about who owes it. */
export interface Obligation {
  owedBy: Party;
  owedUnitId: string | null;
  /** The unit whose case it is. */
  caseUnitId: string | null;
}

/**
 * Who is reminded: those who owe, and with an escalation also the deputy or the head over them. Of a unit its officer,
 * and its leader as deputy and as head; for the lead of a cluster the deputy unit's officer, then the acting unit's
 * leader; for officials of the province, who have no deputy here, the head of the standing agency.
 */
export function reminderSeats(
  { owedBy, owedUnitId, caseUnitId }: Obligation,
  escalation: 'deputy' | 'head' | null,
  cluster: readonly ClusterSeat[],
): Seat[] {
  if (owedBy === 'clusterLead') {
    const acting = actingUnits(cluster, caseUnitId);
    if (escalation === null) return officers(acting);
    if (escalation === 'head') return people(acting);
    const deputies = cluster.filter(({ position, unitId }) => position === 'deputy' && unitId !== caseUnitId);
    return officers([...new Set([...acting, ...deputies.map(({ unitId }) => unitId)])]);
  }
  if (owedUnitId !== null) {
    return escalation === null ? officers([owedUnitId]) : people([owedUnitId]);
  }
  const owers = provinceSeats(owedBy);
  return escalation === 'head' ? [...owers, { role: 'agencyHead', unitId: null }] : owers;
}

function provinceSeats(party: Party): Seat[] {
  const role = provinceRole(party);
  return role === null ? [] : [{ role, unitId: null }];
}
