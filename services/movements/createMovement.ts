import type { Knex } from 'knex';
import { insertMovement } from '../../db/movements.ts';
import type { Actor, Office } from '../accounts/actor.ts';
import type { Ports } from '../ports.ts';
import { startCase } from '../workflow/startCase.ts';

/** A movement as its plan describes it. Figures of targets are decimals as written. */
export interface NewMovement {
  title: string;
  kind: 'thematic' | 'regular';
  planNumber: string;
  planDate: string;
  issuer: string;
  theme: string;
  goal: string;
  periodFrom: number;
  periodTo: number;
  standingAgencyId: string;
  focalAgencyId: string;
  targets: {
    indicator: string;
    place: string;
    measure: string;
    direction: 'increase' | 'decrease';
    low: string;
    high: string;
    source: string;
  }[];
  contents: { text: string; groups: string[] }[];
}

/** Drafts a movement; answers its id. The chairman launches it later. */
export async function createMovement(
  trx: Knex.Transaction,
  ports: Ports,
  by: { actor: Actor; office: Office },
  plan: NewMovement,
): Promise<string> {
  const id = ports.newId();
  await startCase(trx, ports, {
    id,
    workflow: 'movement',
    unitId: null,
    clusterId: null,
    input: {},
    actor: by.actor,
    officeId: by.office.id,
    detail: { title: plan.title, planNumber: plan.planNumber },
  });
  await insertMovement(
    trx,
    {
      id,
      title: plan.title,
      kind: plan.kind,
      plan_number: plan.planNumber,
      plan_date: plan.planDate,
      issuer: plan.issuer,
      theme: plan.theme,
      goal: plan.goal,
      period_from: plan.periodFrom,
      period_to: plan.periodTo,
      standing_agency_id: plan.standingAgencyId,
      focal_agency_id: plan.focalAgencyId,
    },
    plan.targets.map((target, index) => ({
      ...target,
      id: ports.newId(),
      movement_id: id,
      ordinal: index + 1,
    })),
    plan.contents.map((content, index) => ({ ...content, movement_id: id, ordinal: index + 1 })),
  );
  return id;
}
