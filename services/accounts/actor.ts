export const ROLES = [
  'unitOfficer',
  'unitLeader',
  'appraiser',
  'agencyHead',
  'recordsClerk',
  'councilSecretary',
  'councilMember',
  'chairman',
  'issuingClerk',
  'inspector',
  'administrator',
] as const;

export type Role = (typeof ROLES)[number];

/** An office held on the day of the request. Unit roles are held for one unit, all others province-wide. */
export interface Office {
  id: string;
  role: Role;
  unitId: string | null;
  title: string;
}

/** How a unit of the actor stands in a cluster on the day of the request. */
export interface ClusterTie {
  clusterId: string;
  unitId: string;
  position: 'lead' | 'deputy' | 'member';
}

/** Who is calling, with everything that authorization asks about. */
export interface Actor {
  accountId: string;
  username: string;
  displayName: string;
  offices: readonly Office[];
  ties: readonly ClusterTie[];
  /** Null for a session; for a token, the routes' permissions that it may use. */
  scopes: readonly string[] | null;
}

/** True when the actor holds one of these roles. */
export function holds(actor: Actor, ...roles: readonly Role[]): boolean {
  return actor.offices.some((office) => roles.includes(office.role));
}

/** The units for which the actor holds an office. */
export function unitsOf(actor: Actor): string[] {
  return [...new Set(actor.offices.flatMap((office) => office.unitId ?? []))];
}
