import type { Knex } from 'knex';
import { prepared } from '../connect.ts';
import type { AwardRow } from '../awards.ts';
import type { DecisionRow } from '../decisions.ts';
import type { InstanceRow } from '../workflowInstances.ts';
import { INSTANCE_COLUMNS } from './caseColumns.ts';

/** Another decision, as a page names it. */
export interface DecisionReference {
  id: string;
  number: string;
  date: string;
}

/** One item of a decision with the state of its case and of its award. */
export interface DecisionItemView {
  nomination_id: string;
  award_id: string | null;
  reason: string | null;
  /** The name that a correction asks for. */
  corrected_name: string | null;
  award_code: string;
  award_name: AwardRow['award_name'] | null;
  subject_type: AwardRow['subject_type'];
  recipient_name: string;
  unit_id: string;
  unit_code: string;
  unit_name: string;
  case_state: string;
  /** The decision may go on with this item: its case waits with all that its rule asks for, or its award stands. */
  ready: boolean;
  /** What the case lacks of what its rule asks for. */
  missing: string | null;
  award: Pick<AwardRow, 'id' | 'book_year' | 'book_number' | 'public_code'> | null;
  revoked_by: DecisionReference | null;
  corrected_by: (DecisionReference & { recipient_name: string }) | null;
}

/** A decision as the door and the page need it; `items` is null where it was read for a list of decisions. */
export interface DecisionCase extends InstanceRow {
  member_unit_ids: readonly string[];
  pack_id: null;
  decision: DecisionRow;
  item_count: number;
  unready_count: number;
  items: DecisionItemView[] | null;
}

const ITEM = `
  named as materialized (
    select p.id as pack_id, award ->> 'code' as award_code, award -> 'name' as award_name
      from rule_packs p cross join lateral jsonb_array_elements(p.content -> 'awards') as award
      where p.id in (select n.pack_id from decision_items x join nominations n on n.id = x.nomination_id
                       where x.decision_id = any($1::uuid[]))
  ), lacking as materialized (
    select * from missing_before_decision(array(
      select x.nomination_id from decision_items x join workflow_instances own on own.id = x.decision_id
        where x.decision_id = any($1::uuid[]) and x.award_id is null and not own.finished))
      where missing is not null or higher
  ), item as (
    select x.decision_id, x.ordinal, x.nomination_id, x.award_id, x.reason, x.recipient_name as corrected_name,
           n.award_code, named.award_name, n.subject_type, coalesce(a.recipient_name, n.subject_name) as recipient_name,
           n.unit_id, u.code as unit_code, u.name as unit_name, c.state as case_state, lacking.missing,
           case when x.award_id is null
             then c.state = 'awaitingDecision' and lacking.case_id is null
             else c.state = 'awarded' and r.award_id is null end as ready,
           case when a.id is not null then jsonb_build_object('id', a.id, 'book_year', a.book_year,
             'book_number', a.book_number, 'public_code', a.public_code) end as award,
           case when r.award_id is not null then jsonb_build_object('id', rd.id, 'number', rd.number,
             'date', rd.issued_on) end as revoked_by,
           fix.corrected_by
      from decision_items x
      join nominations n on n.id = x.nomination_id
      join units u on u.id = n.unit_id
      join workflow_instances c on c.id = x.nomination_id
      left join named on named.pack_id = n.pack_id and named.award_code = n.award_code
      left join lacking on lacking.case_id = x.nomination_id
      left join awards a on a.nomination_id = x.nomination_id
        and (a.id = x.award_id or a.decision_id = x.decision_id)
      left join award_revocations r on r.award_id = a.id
      left join decisions rd on rd.id = r.decision_id
      left join lateral (
        select jsonb_build_object('id', cd.id, 'number', cd.number, 'date', cd.issued_on,
                                  'recipient_name', k.recipient_name) as corrected_by
          from award_corrections k join decisions cd on cd.id = k.decision_id
          where k.award_id = a.id order by k.recorded_at desc, k.decision_id desc limit 1
      ) fix on true
      where x.decision_id = any($1::uuid[])
  )`;

const read = (items: string) => `
  with ${ITEM}
  select ${INSTANCE_COLUMNS}, '{}'::uuid[] as member_unit_ids, null as pack_id, to_jsonb(d) as decision,
         (select count(*)::integer from item where item.decision_id = i.id) as item_count,
         (select count(*)::integer from item where item.decision_id = i.id and not item.ready) as unready_count,
         ${items} as items
    from workflow_instances i join decisions d on d.id = i.id
    where i.id = any($1::uuid[])`;

const WHOLE = read(`coalesce((select jsonb_agg(to_jsonb(item) order by item.ordinal)
                     from item where item.decision_id = i.id), '[]')`);
const LISTED = read('null');

/** These decisions with all their items, in one statement. */
export function readDecisionCases(db: Knex, ids: readonly string[]): Promise<DecisionCase[]> {
  return prepared<DecisionCase>(db, { name: 'decision-cases', text: WHOLE, values: [ids] });
}

/** These decisions without their items, for a list of decisions, in one statement. */
export function readListedDecisions(db: Knex, ids: readonly string[]): Promise<DecisionCase[]> {
  return prepared<DecisionCase>(db, { name: 'listed-decisions', text: LISTED, values: [ids] });
}
