import type { Knex } from 'knex';
import { prepared } from '../connect.ts';
import type { DeadlineRow } from '../deadlines.ts';
import type { ScoreSheetKey } from '../scoreSheets.ts';
import type { ScoringRoundRow } from '../scoringRounds.ts';
import type { InstanceRow } from '../workflowInstances.ts';
import { INSTANCE_COLUMNS, MEMBER_UNITS } from './caseColumns.ts';

/** That a sheet is there, without what it says. */
export type SheetSeen = Omit<ScoreSheetKey, 'round_id'> & { handed_in: boolean; filled: boolean };

/** A scoring round with what its facts ask about; the sheets' cells are read where they are needed. */
export interface ScoringRoundCase extends InstanceRow {
  member_unit_ids: readonly string[];
  pack_id: null;
  assessor_unit_ids: readonly string[];
  round: ScoringRoundRow;
  cluster_name: string;
  sheet_title: string;
  sheet_published: boolean;
  assessors: { unitId: string; code: string; name: string }[];
  members: { unitId: string; code: string; name: string; position: 'lead' | 'deputy' | 'member' }[];
  sheets: SheetSeen[];
  deadlines: Pick<DeadlineRow, 'kind' | 'owed_unit_id' | 'due_on' | 'closed_on'>[];
}

const READ = `
  select ${INSTANCE_COLUMNS}, ${MEMBER_UNITS}, null as pack_id, r.assessor_unit_ids, to_jsonb(r) as round,
         c.name as cluster_name, s.title as sheet_title, s.published_at is not null as sheet_published,
         coalesce((
           select jsonb_agg(jsonb_build_object('unitId', u.id, 'code', u.code, 'name', u.name) order by u.code)
             from units u where u.id = any(r.assessor_unit_ids)
         ), '[]') as assessors,
         coalesce((
           select jsonb_agg(jsonb_build_object('unitId', u.id, 'code', u.code, 'name', u.name,
                                               'position', coalesce(t.position, 'member')) order by u.code)
             from cluster_members m
             join units u on u.id = m.unit_id
             left join cluster_terms t on t.cluster_id = m.cluster_id and t.unit_id = m.unit_id
               and t.valid_from <= $2::date and (t.valid_to is null or t.valid_to >= $2::date)
             where m.cluster_id = i.cluster_id and m.valid_from <= $2::date
               and (m.valid_to is null or m.valid_to >= $2::date)
         ), '[]') as members,
         coalesce((
           select jsonb_agg(jsonb_build_object('unit_id', x.unit_id, 'layer', x.layer, 'scorer_unit_id', x.scorer_unit_id,
                                               'handed_in', x.handed_in, 'filled', x.cells <> '{}'))
             from score_sheets x where x.round_id = i.id
         ), '[]') as sheets,
         coalesce((
           select jsonb_agg(jsonb_build_object('kind', d.kind, 'owed_unit_id', d.owed_unit_id, 'due_on', d.due_on,
                                               'closed_on', d.closed_on) order by d.opened_on, d.id)
             from deadlines d where d.instance_id = i.id
         ), '[]') as deadlines
    from workflow_instances i
    join scoring_rounds r on r.id = i.id
    join clusters c on c.id = r.cluster_id
    join criteria_sheets s on s.id = r.sheet_id
    where i.id = any($1::uuid[])`;

/** These rounds, in one statement; cluster members and their positions are those of `today`. */
export function readScoringRoundCases(
  db: Knex,
  ids: readonly string[],
  today: string,
): Promise<ScoringRoundCase[]> {
  return prepared<ScoringRoundCase>(db, { name: 'scoring-round-cases', text: READ, values: [ids, today] });
}
