import type { Knex } from 'knex';
import type { AwardRow } from '../awards.ts';
import type { Page } from '../workflowInstances.ts';
import type { DecisionReference } from './decisionCases.ts';

/** An entry of the golden book as it stands today: with its revocation and every correction, oldest first. */
export interface GoldenBookEntry extends AwardRow {
  unit_code: string;
  unit_name: string;
  revocation: (DecisionReference & { reason: string }) | null;
  corrections: (DecisionReference & { reason: string; recipient_name: string })[];
}

/** Narrows the golden book; null does not narrow. */
export interface GoldenBookFilter {
  year: number | null;
  bookYear: number | null;
  unitId: string | null;
  awardCode: string | null;
  /** Part of a recipient's name, present or former, with or without diacritics. */
  name: string | null;
}

const ENTRY = `
  select a.*, u.code as unit_code, u.name as unit_name,
         (select jsonb_build_object('id', d.id, 'number', d.number, 'date', d.issued_on, 'reason', r.reason)
            from award_revocations r join decisions d on d.id = r.decision_id where r.award_id = a.id) as revocation,
         coalesce((
           select jsonb_agg(jsonb_build_object('id', d.id, 'number', d.number, 'date', d.issued_on,
                              'reason', k.reason, 'recipient_name', k.recipient_name)
                            order by k.recorded_at, k.decision_id)
             from award_corrections k join decisions d on d.id = k.decision_id where k.award_id = a.id), '[]') as corrections
    from awards a join units u on u.id = a.unit_id`;

const HAS_NAME = (name: string) => `position(plain_text(:name) in plain_text(${name})) > 0`;

/** One page of the golden book, the newest entry first. */
export async function pageOfGoldenBook(
  db: Knex,
  filter: GoldenBookFilter,
  page: Page,
): Promise<GoldenBookEntry[]> {
  const conditions = [
    filter.year === null ? null : 'a.year = :year',
    filter.bookYear === null ? null : 'a.book_year = :bookYear',
    filter.unitId === null ? null : 'a.unit_id = :unitId',
    filter.awardCode === null ? null : 'a.award_code = :awardCode',
    filter.name === null
      ? null
      : `(${HAS_NAME('a.recipient_name')} or exists (select 1 from award_corrections k
           where k.award_id = a.id and ${HAS_NAME('k.recipient_name')}))`,
    page.cursor === null
      ? null
      : '(a.book_year, a.book_number) < (select book_year, book_number from awards where id = :cursor)',
  ].filter((condition) => condition !== null);
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const { rows } = await db.raw<{ rows: GoldenBookEntry[] }>(
    `${ENTRY} ${where} order by a.book_year desc, a.book_number desc limit :limit`,
    { ...filter, ...page },
  );
  return rows;
}

/** One entry, or null. */
export async function findAward(db: Knex, id: string): Promise<GoldenBookEntry | null> {
  const { rows } = await db.raw<{ rows: GoldenBookEntry[] }>(`${ENTRY} where a.id = ?`, [id]);
  return rows[0] ?? null;
}

/** The entry with that public code, or null. */
export async function findAwardByCode(db: Knex, publicCode: string): Promise<GoldenBookEntry | null> {
  const { rows } = await db.raw<{ rows: GoldenBookEntry[] }>(`${ENTRY} where a.public_code = ?`, [
    publicCode,
  ]);
  return rows[0] ?? null;
}
