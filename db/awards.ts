import type { Knex } from 'knex';
import { json, prepared } from './connect.ts';

/** An entry of the golden book: the award and its recipient as they were on the day of the decision. */
export interface AwardRow {
  id: string;
  nomination_id: string;
  /** Null where a higher authority decided. */
  decision_id: string | null;
  award_code: string;
  award_name: { vi: string; en: string };
  pack_id: string;
  unit_id: string;
  subject_type: 'individual' | 'collective' | 'household' | 'enterprise';
  recipient_name: string;
  /** The year of the achievement. */
  year: number;
  decided_on: string;
  decision_number: string;
  authority: string;
  book_year: number;
  book_number: number;
  public_code: string;
  recorded_at: Date;
}

/** Awards of one decision, in the order in which they enter the book. */
export interface AwardsToInsert {
  decisionId: string | null;
  decidedOn: string;
  decisionNumber: string;
  /** Null: the authority that the award's rule names. */
  authority: string | null;
  recordedAt: Date;
  awards: readonly { id: string; nomination_id: string; public_code: string }[];
}

/** What an award got from the book. */
export type EnteredAward = Pick<
  AwardRow,
  'id' | 'nomination_id' | 'book_year' | 'book_number' | 'public_code'
>;

/**
 * One statement for all: it takes as many numbers as there are awards from the counter of the decision's year and
 * enters them. The counter's row stays locked until the transaction ends, so numbers have no gap: who comes second
 * waits, and what is rolled back gives its numbers back.
 */
const ENTER = `
  with listed as (
    select l.*, row_number() over (order by l.place) as position
      from jsonb_to_recordset($1::jsonb) as l (id uuid, nomination_id uuid, public_code text, place integer)
  ), counter as (
    insert into book_counters (year, last_number)
      select extract(year from $3::date)::integer, count(*)::integer from listed
      on conflict (year) do update set last_number = book_counters.last_number + excluded.last_number
      returning year, last_number
  ), rule as materialized (
    select p.id as pack_id, award ->> 'code' as award_code, award -> 'name' as award_name,
           (select authority #>> '{name,vi}' from jsonb_array_elements(p.content -> 'authorities') as authority
              where authority ->> 'code' = award ->> 'authority') as authority
      from rule_packs p cross join lateral jsonb_array_elements(p.content -> 'awards') as award
      where p.id in (select n.pack_id from nominations n join listed on listed.nomination_id = n.id)
  )
  insert into awards (id, nomination_id, decision_id, award_code, award_name, pack_id, unit_id, subject_type,
                      recipient_name, year, decided_on, decision_number, authority, book_year, book_number,
                      public_code, recorded_at)
  select l.id, n.id, $2::uuid, n.award_code, r.award_name, n.pack_id, n.unit_id, n.subject_type,
         n.subject_name, n.year, $3::date, $4, coalesce($5, r.authority), c.year,
         c.last_number - (select count(*) from listed) + l.position, l.public_code, $6::timestamptz
    from listed l
    join nominations n on n.id = l.nomination_id
    join rule r on r.pack_id = n.pack_id and r.award_code = n.award_code
    cross join counter c
    order by l.position
  returning id, nomination_id, book_year, book_number, public_code`;

/** Enters awards into the golden book; answers them with their numbers. */
export function insertAwards(trx: Knex.Transaction, toInsert: AwardsToInsert): Promise<EnteredAward[]> {
  const listed = toInsert.awards.map((award, place) => ({ ...award, place }));
  return prepared<EnteredAward>(trx, {
    name: 'enter-awards',
    text: ENTER,
    values: [
      json(listed),
      toInsert.decisionId,
      toInsert.decidedOn,
      toInsert.decisionNumber,
      toInsert.authority,
      toInsert.recordedAt,
    ],
  });
}
