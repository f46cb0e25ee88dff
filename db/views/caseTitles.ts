import type { Knex } from 'knex';

/** What people call a case, whichever workflow it follows. */
export interface CaseTitle {
  id: string;
  workflow: string;
  version: number;
  state: string;
  /** In the case's own words: the title, or the subject of a nomination. */
  title: string;
  /** The award that a nomination asks for. */
  award: string | null;
  unit_id: string | null;
  unit: string | null;
  cluster_id: string | null;
  cluster: string | null;
}

/** The titles of these cases, by id, in one statement. */
export async function readCaseTitles(db: Knex, ids: readonly string[]): Promise<Map<string, CaseTitle>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.raw<{ rows: CaseTitle[] }>(
    `select i.id, i.workflow, i.version, i.state, i.unit_id, u.name as unit, i.cluster_id, c.name as cluster,
            coalesce(m.title, rm.title || ' (' || r.year || ')', s.title, n.subject_name, cs.title, d.title, i.workflow)
              as title,
            (select award -> 'name' ->> 'vi' from rule_packs p, jsonb_array_elements(p.content -> 'awards') as award
               where p.id = n.pack_id and award ->> 'code' = n.award_code) as award
       from workflow_instances i
       left join units u on u.id = i.unit_id
       left join clusters c on c.id = i.cluster_id
       left join movements m on m.id = i.id
       left join registrations r on r.id = i.id
       left join movements rm on rm.id = r.movement_id
       left join scoring_rounds s on s.id = i.id
       left join nominations n on n.id = i.id
       left join council_sessions cs on cs.id = i.id
       left join decisions d on d.id = i.id
       where i.id = any(?)`,
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
