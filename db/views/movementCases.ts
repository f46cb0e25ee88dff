import type { Knex } from 'knex';
import { prepared } from '../connect.ts';
import type { MovementContentRow, MovementRow, MovementTargetRow } from '../movements.ts';
import type { InstanceRow } from '../workflowInstances.ts';
import { INSTANCE_COLUMNS } from './caseColumns.ts';

/** A movement with its targets and contents, as the door and the page need it. */
export interface MovementCase extends InstanceRow {
  member_unit_ids: readonly string[];
  pack_id: null;
  movement: MovementRow;
  targets: MovementTargetRow[];
  contents: MovementContentRow[];
}

const READ = `
  select ${INSTANCE_COLUMNS}, '{}'::uuid[] as member_unit_ids, null as pack_id, to_jsonb(m) as movement,
         coalesce((select jsonb_agg(to_jsonb(t) || jsonb_build_object('low', t.low::text, 'high', t.high::text) order by t.ordinal)
                     from movement_targets t where t.movement_id = i.id), '[]') as targets,
         coalesce((select jsonb_agg(to_jsonb(c) order by c.ordinal)
                     from movement_contents c where c.movement_id = i.id), '[]') as contents
    from workflow_instances i join movements m on m.id = i.id
    where i.id = any($1::uuid[])`;

/** These movements, in one statement. */
export function readMovementCases(db: Knex, ids: readonly string[]): Promise<MovementCase[]> {
  return prepared<MovementCase>(db, { name: 'movement-cases', text: READ, values: [ids] });
}
