import type { Knex } from 'knex';
import { json } from './connect.ts';

export interface DeadlineRow {
  id: string;
  instance_id: string;
  kind: string;
  owed_by: string;
  owed_unit_id: string | null;
  owed_cluster_id: string | null;
  pack_id: string | null;
  opened_on: string;
  due_on: string;
  paused_on: string | null;
  closed_on: string | null;
  outcome: 'met' | 'lapsed' | null;
  look_on: string;
}

/** The open deadlines of these instances. */
export function openDeadlines(db: Knex, instanceIds: readonly string[]): Promise<DeadlineRow[]> {
  return db<DeadlineRow>('deadlines').whereIn('instance_id', instanceIds).whereNull('closed_on').select();
}

/** Lets a running deadline stand still from `today`. */
export async function pauseDeadline(
  trx: Knex.Transaction,
  instanceId: string,
  kind: string,
  today: string,
): Promise<void> {
  await trx<DeadlineRow>('deadlines')
    .where({ instance_id: instanceId, kind })
    .whereNull('closed_on')
    .whereNull('paused_on')
    .update({ paused_on: today });
}

/** Lets a paused deadline run on, due on `dueOn`; the sweep looks at it at once. */
export async function resumeDeadline(trx: Knex.Transaction, id: string, dueOn: string): Promise<void> {
  await trx<DeadlineRow>('deadlines')
    .where({ id })
    .update({ paused_on: null, due_on: dueOn, look_on: '-infinity' });
}

/** Ends the part of one unit in a deadline that each member owes: it has done its share. */
export async function meetDeadline(
  trx: Knex.Transaction,
  owed: { instanceId: string; kind: string; unitId: string },
  today: string,
): Promise<void> {
  await trx<DeadlineRow>('deadlines')
    .where({ instance_id: owed.instanceId, kind: owed.kind, owed_unit_id: owed.unitId })
    .whereNull('closed_on')
    .update({
      closed_on: today,
      outcome: trx.raw(`case when due_on >= ? then 'met' else 'lapsed' end`, [today]),
    });
}

/** A deadline whose next reminder step may be due. */
export type DeadlineToLookAt = Pick<DeadlineRow, 'id' | 'kind' | 'pack_id' | 'opened_on' | 'due_on'>;

/**
 * Takes up to `limit` running deadlines that are to be looked at by `today`, for this transaction alone: rows that
 * another sweep or the door holds just now are left for the next one.
 */
export async function claimDeadlines(
  trx: Knex.Transaction,
  today: string,
  limit: number,
): Promise<DeadlineToLookAt[]> {
  return trx<DeadlineRow>('deadlines')
    .select('id', 'kind', 'pack_id', 'opened_on', 'due_on')
    .whereNull('closed_on')
    .whereNull('paused_on')
    .where('look_on', '<=', today)
    .orderBy('look_on')
    .limit(limit)
    .forUpdate()
    .skipLocked();
}

/** When each of these deadlines is to be looked at next; `infinity`: never again. */
export async function setLookOn(
  trx: Knex.Transaction,
  rows: readonly Pick<DeadlineRow, 'id' | 'look_on'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await trx.raw(
    `update deadlines d set look_on = n.look_on
       from jsonb_to_recordset(?) as n (id uuid, look_on date) where d.id = n.id`,
    [json(rows)],
  );
}

/** Lets the next sweep look at every running deadline: rules or days off may have changed. */
export async function lookAtAll(db: Knex): Promise<void> {
  await db<DeadlineRow>('deadlines')
    .whereNull('closed_on')
    .whereNull('paused_on')
    .update({ look_on: '-infinity' });
}
