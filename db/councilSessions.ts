import type { Knex } from 'knex';

/** A sitting of the council. `member_ids`: the offices of all members, as of its day: fixed when it is convened. */
export interface CouncilSessionRow {
  id: string;
  title: string;
  held_on: string | null;
  place: string | null;
  member_ids: string[];
}

export async function insertCouncilSession(trx: Knex.Transaction, row: CouncilSessionRow): Promise<void> {
  await trx<CouncilSessionRow>('council_sessions').insert(row);
}

/** Sets the day of the session and its members on that day; the place only where one is given. */
export async function setSitting(
  trx: Knex.Transaction,
  id: string,
  { date, place, memberIds }: { date: string; place: string | undefined; memberIds: string[] },
): Promise<void> {
  await trx<CouncilSessionRow>('council_sessions')
    .where({ id })
    .update({ held_on: date, member_ids: memberIds, ...(place !== undefined && { place }) });
}

/** The offices of the council's members on `day`: the chairman first, then by user name. */
export async function councilMembersOn(db: Knex, day: string): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(
    `select o.id from offices o join accounts a on a.id = o.account_id
       where o.role = 'councilMember' and o.valid_from <= :day and (o.valid_to is null or o.valid_to >= :day)
       order by exists (
         select 1 from offices c where c.account_id = o.account_id and c.role = 'chairman'
           and c.valid_from <= :day and (c.valid_to is null or c.valid_to >= :day)
       ) desc, a.username, o.id`,
    { day },
  );
  return rows.map(({ id }) => id);
}
