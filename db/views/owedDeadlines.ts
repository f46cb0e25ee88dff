import type { Knex } from 'knex';
import type { DeadlineRow } from '../deadlines.ts';

/** Whose obligations are looked for: those of any of these. */
export interface Owing {
  unitIds: readonly string[];
  /** Parties of officials of the province. */
  parties: readonly string[];
  /** Units of this person that lead a cluster, or are its deputy. */
  leading: readonly { clusterId: string; unitId: string; position: 'lead' | 'deputy' }[];
}

export interface OwedPage {
  limit: number;
  /** The last deadline of the page before, or null. */
  after: { dueOn: string; id: string } | null;
}

/**
 * One page of the open deadlines that these owe on `today`, the soonest first. A cluster's deputy owes what the lead
 * would, where the lead's own case is concerned.
 */
export async function pageOfOwed(
  db: Knex,
  owing: Owing,
  today: string,
  { limit, after }: OwedPage,
): Promise<DeadlineRow[]> {
  const query = db<DeadlineRow>('deadlines as d')
    .join('workflow_instances as i', 'i.id', 'd.instance_id')
    .whereNull('d.closed_on')
    .where((any) => {
      any.whereIn('d.owed_unit_id', owing.unitIds);
      any.orWhereIn('d.owed_by', owing.parties);
      for (const { clusterId, unitId, position } of owing.leading) {
        any.orWhere((led) => {
          led.where('d.owed_cluster_id', clusterId).whereRaw('i.unit_id is distinct from ?', [unitId]);
          if (position === 'deputy') led.whereRaw(`not ${ANOTHER_LEADS}`, [today, today]);
        });
      }
    });
  if (after !== null) query.whereRaw('(d.due_on, d.id) > (?, ?)', [after.dueOn, after.id]);
  return query.select<DeadlineRow[]>('d.*').orderBy(['d.due_on', 'd.id']).limit(limit);
}

const ANOTHER_LEADS = `exists (
  select 1 from cluster_terms t
    where t.cluster_id = d.owed_cluster_id and t.position = 'lead' and t.unit_id is distinct from i.unit_id
      and t.valid_from <= ? and (t.valid_to is null or t.valid_to >= ?))`;
