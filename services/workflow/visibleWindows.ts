import type { CaseWindow } from '../../db/workflowInstances.ts';
import type { Actor, Office } from '../accounts/actor.ts';
import type { Grant, Policy } from './policy.ts';

/** The windows through which the actor sees a list of cases: the `view` grants of the policy, as data for a query. */
export function visibleWindows(policy: Policy, actor: Actor): CaseWindow[] {
  const grants = policy['view'] ?? [];
  return actor.offices.flatMap((office) =>
    grants.filter(({ role }) => role === office.role).map((grant) => windowOf(grant, office, actor)),
  );
}

function windowOf({ relation, states }: Grant, office: Office, actor: Actor): CaseWindow {
  const window = { unitIds: null, clusterIds: null, assessorIds: null, states: states ?? null };
  if (relation === 'any') return window;
  const unit = office.unitId === null ? [] : [office.unitId];
  if (relation === 'own') return { ...window, unitIds: unit };
  if (relation === 'assessor') return { ...window, assessorIds: unit };
  const ties = actor.ties.filter(({ unitId }) => unitId === office.unitId);
  // A member sees its own case through `own`; here its cluster's cases in full are what the relation gives.
  const seen = relation === 'clusterLead' ? ties.filter(({ position }) => position !== 'member') : ties;
  return { ...window, clusterIds: seen.map(({ clusterId }) => clusterId) };
}
