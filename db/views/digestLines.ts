import type { Knex } from 'knex';

/** A line of a digest: which step of which obligation, and whether it is still owed. */
export interface DigestLine {
  entry_id: string;
  step: string;
  instance_id: string;
  kind: string;
  owed_by: string;
  owed_unit: string | null;
  owed_cluster: string | null;
  due_on: string;
  /** False: done, standing still, or overtaken by a later step. */
  owed: boolean;
}

/** The lines of one digest, the most urgent first. */
export async function readDigestLines(trx: Knex.Transaction, mailId: string): Promise<DigestLine[]> {
  const { rows } = await trx.raw<{ rows: DigestLine[] }>(
    `select e.id as entry_id, e.step, d.instance_id, d.kind, d.owed_by, u.name as owed_unit, c.name as owed_cluster,
            d.due_on, e.status = 'due' and d.closed_on is null and d.paused_on is null as owed
       from mail_entries l
       join reminder_entries e on e.id = l.entry_id
       join deadlines d on d.id = e.deadline_id
       left join units u on u.id = d.owed_unit_id
       left join clusters c on c.id = d.owed_cluster_id
       where l.mail_id = ?
       order by d.due_on, e.id`,
    [mailId],
  );
  return rows;
}
