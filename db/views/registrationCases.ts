import type { Knex } from 'knex';
import { prepared } from '../connect.ts';
import type { RegistrationRow } from '../registrations.ts';
import type { InstanceRow } from '../workflowInstances.ts';
import { INSTANCE_COLUMNS } from './caseColumns.ts';

/** A registration with the names that people read beside its ids. */
export interface RegistrationCase extends InstanceRow {
  member_unit_ids: readonly string[];
  pack_id: null;
  registration: RegistrationRow;
  unit_code: string;
  unit_name: string;
  movement_title: string;
}

const READ = `
  select ${INSTANCE_COLUMNS}, '{}'::text[] as member_unit_ids, null as pack_id, to_jsonb(r) as registration,
         own.code as unit_code, own.name as unit_name, m.title as movement_title
    from workflow_instances i
    join registrations r on r.id = i.id
    join units own on own.id = r.unit_id
    join movements m on m.id = r.movement_id
    where i.id = any($1::uuid[])`;

/** These registrations, in one statement; nothing in one is owed by each member of the cluster. */
export function readRegistrationCases(db: Knex, ids: readonly string[]): Promise<RegistrationCase[]> {
  return prepared<RegistrationCase>(db, { name: 'registration-cases', text: READ, values: [ids] });
}
