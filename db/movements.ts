import type { Knex } from 'knex';

/** A movement as planned: the plan's number, date and issuer, its period and who leads it. */
export interface MovementRow {
  id: string;
  title: string;
  kind: 'thematic' | 'regular';
  plan_number: string;
  plan_date: string;
  issuer: string;
  theme: string;
  goal: string;
  period_from: number;
  period_to: number;
  standing_agency_id: string;
  focal_agency_id: string;
}

/** A measurable target; `low` and `high` are decimals in the target's own measure, per year. */
export interface MovementTargetRow {
  id: string;
  movement_id: string;
  ordinal: number;
  indicator: string;
  place: string;
  measure: string;
  direction: 'increase' | 'decrease';
  low: string;
  high: string;
  source: string;
}

/** One of the plan's contents with the groups that it addresses. */
export interface MovementContentRow {
  movement_id: string;
  ordinal: number;
  text: string;
  groups: string[];
}

export async function insertMovement(
  trx: Knex.Transaction,
  movement: MovementRow,
  targets: readonly MovementTargetRow[],
  contents: readonly MovementContentRow[],
): Promise<void> {
  await trx<MovementRow>('movements').insert(movement);
  if (targets.length > 0) await trx<MovementTargetRow>('movement_targets').insert([...targets]);
  if (contents.length > 0) await trx<MovementContentRow>('movement_contents').insert([...contents]);
}
