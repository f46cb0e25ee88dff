import type { Knex } from 'knex';

/** A nomination as the unit writes it; which award and rule pack never change once it is drafted. */
export interface NominationRow {
  id: string;
  award_code: string;
  pack_id: string;
  unit_id: string;
  cluster_id: string | null;
  movement_id: string | null;
  year: number;
  subject_type: 'individual' | 'collective' | 'household' | 'enterprise';
  subject_name: string;
  subject_position: string | null;
  achievement: string;
  /** The day on which it was first submitted; null while it is drafted. */
  received_on: string | null;
}

/** What the unit may still change of its draft. */
export type NominationEdit = Partial<
  Pick<
    NominationRow,
    'movement_id' | 'year' | 'subject_type' | 'subject_name' | 'subject_position' | 'achievement'
  >
>;

export async function insertNomination(trx: Knex.Transaction, row: NominationRow): Promise<void> {
  await trx<NominationRow>('nominations').insert(row);
}

export async function updateNomination(
  trx: Knex.Transaction,
  id: string,
  edit: NominationEdit,
): Promise<void> {
  await trx<NominationRow>('nominations').where({ id }).update(edit);
}

/** Notes the day of reception; a nomination that was received before keeps its first day. */
export async function receiveNomination(trx: Knex.Transaction, id: string, today: string): Promise<void> {
  await trx<NominationRow>('nominations')
    .where({ id })
    .whereNull('received_on')
    .update({ received_on: today });
}
