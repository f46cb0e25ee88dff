import type { Knex } from 'knex';

/** When something happened to a session, and who did it. */
export interface SessionMoment {
  type: string;
  at: Date;
  name: string;
  title: string | null;
}

/** The last opening, adjournment and signature of a session, in order of time. */
export async function sessionMoments(db: Knex, sessionId: string): Promise<SessionMoment[]> {
  const { rows } = await db.raw<{ rows: SessionMoment[] }>(
    `select h.type, h.at, a.display_name as name, o.title
       from workflow_history h
       join accounts a on a.id = h.actor_id
       left join offices o on o.id = h.office_id
       where h.instance_id = :sessionId and h.kind = 'event' and h.type in ('OPEN', 'ADJOURN', 'SIGN_MINUTES')
       order by h.revision`,
    { sessionId },
  );
  return rows;
}

/** Who keeps the council's minutes on `day`. */
export async function councilSecretariesOn(
  db: Knex,
  day: string,
): Promise<{ name: string; title: string }[]> {
  const { rows } = await db.raw<{ rows: { name: string; title: string }[] }>(
    `select a.display_name as name, o.title from offices o join accounts a on a.id = o.account_id
       where o.role = 'councilSecretary' and o.valid_from <= :day and (o.valid_to is null or o.valid_to >= :day)
       order by o.valid_from, o.id`,
    { day },
  );
  return rows;
}

/** The names of the cases' awards, from the packs that the cases pin. */
export async function awardNamesOf(
  db: Knex,
  nominationIds: readonly string[],
): Promise<Map<string, { vi: string; en: string }>> {
  const { rows } = await db.raw<{ rows: { id: string; name: { vi: string; en: string } }[] }>(
    `select n.id, award -> 'name' as name
       from nominations n
       join rule_packs p on p.id = n.pack_id
       cross join lateral jsonb_array_elements(p.content -> 'awards') as award
       where n.id = any(:nominationIds::uuid[]) and award ->> 'code' = n.award_code`,
    { nominationIds: [...nominationIds] },
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
