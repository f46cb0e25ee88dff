import type { Actor, Office, Role } from '../accounts/actor.ts';

/**
 * How an office stands to a case:
 * - `any`: no matter which case;
 * - `own`: the case is its unit's;
 * - `clusterMember`: its unit belongs to the case's cluster and the case is another unit's;
 * - `clusterLead`: its unit leads the case's cluster (lead or deputy); never on its own unit's case;
 * - `anyMember`: its unit belongs to the case's cluster, own case or not;
 * - `assessor`: its unit scores some criteria of the case's score sheet.
 */
export type Relation = 'any' | 'own' | 'clusterMember' | 'clusterLead' | 'anyMember' | 'assessor';

/** A role that may, when it stands in that relation; `states` narrows it to some states of the case. */
export interface Grant {
  role: Role;
  relation: Relation;
  states?: readonly string[];
}

/** Event type (or `view`) → who may. What is not named nobody may: system events have no entry. */
export type Policy = Readonly<Record<string, readonly Grant[]>>;

/** What a policy looks at in a case. */
export interface Scope {
  unit_id: string | null;
  cluster_id: string | null;
  /** The units that score criteria of the case's sheet; only scoring rounds have them. */
  assessor_unit_ids?: readonly string[];
}

/** The scope of what belongs to no unit and no cluster. */
export const NO_CASE: Scope = { unit_id: null, cluster_id: null };

/** A role in a relation, in every state or in some. */
export function grant(role: Role, relation: Relation = 'any', states?: readonly string[]): Grant {
  return states === undefined ? { role, relation } : { role, relation, states };
}

/** One grant for the officer and one for the leader of a unit in that relation. */
export function unitGrants(relation: Relation, states?: readonly string[]): Grant[] {
  return [grant('unitOfficer', relation, states), grant('unitLeader', relation, states)];
}

/** The roles that any of these actions is granted to, each once. */
export function rolesOf(policy: Policy, actions: readonly string[]): Role[] {
  return [...new Set(actions.flatMap((action) => (policy[action] ?? []).map(({ role }) => role)))];
}

/** True when the actor may do `action` on this case in some state of it. False is a 403. */
export function mayEver(policy: Policy, action: string, actor: Actor, scope: Scope): boolean {
  return officeEver(policy, action, actor, scope) !== null;
}

/** The office with which the actor may do `action` on this case in some state of it, or null. */
export function officeEver(policy: Policy, action: string, actor: Actor, scope: Scope): Office | null {
  return findOffice(policy[action] ?? [], actor, scope);
}

/** The office with which the actor may do `action` on this case in its present state, or null. */
export function officeFor(
  policy: Policy,
  action: string,
  actor: Actor,
  row: Scope & { state: string },
): Office | null {
  const grants = (policy[action] ?? []).filter(
    ({ states }) => states === undefined || states.includes(row.state),
  );
  return findOffice(grants, actor, row);
}

/** The office with which the actor may create a case of that scope, or null. */
export function officeForNew(policy: Policy, actor: Actor, scope: Scope): Office | null {
  return findOffice(policy['create'] ?? [], actor, scope);
}

function findOffice(grants: readonly Grant[], actor: Actor, scope: Scope): Office | null {
  const fits = (office: Office) =>
    grants.some(({ role, relation }) => role === office.role && stands(relation, office, actor, scope));
  return actor.offices.find(fits) ?? null;
}

function stands(relation: Relation, office: Office, actor: Actor, scope: Scope): boolean {
  if (relation === 'any') return true;
  if (office.unitId === null) return false;
  const own = office.unitId === scope.unit_id;
  if (relation === 'own') return own;
  if (relation === 'assessor') return scope.assessor_unit_ids?.includes(office.unitId) ?? false;
  const tie = actor.ties.find(
    ({ unitId, clusterId }) => unitId === office.unitId && clusterId === scope.cluster_id,
  );
  if (tie === undefined) return false;
  if (relation === 'anyMember') return true;
  if (relation === 'clusterMember') return !own;
  return !own && tie.position !== 'member';
}
