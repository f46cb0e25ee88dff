import type { Knex } from 'knex';
import { replaceCouncilCases } from '../../db/councilCases.ts';
import { councilMembersOn, insertCouncilSession } from '../../db/councilSessions.ts';
import type { Actor, Office } from '../accounts/actor.ts';
import type { Ports } from '../ports.ts';
import { startCase } from '../workflow/startCase.ts';
import { agendaRows } from './agenda.ts';

export interface NewSession {
  title: string;
  nominationIds: string[];
  /** YYYY-MM-DD; the day of convening may set another. */
  date?: string | undefined;
  place?: string | undefined;
}

/**
 * Drafts a council session; answers its id. Its members are all members of the council on its day (today where none
 * is given), until it is convened for a day. Throws what `agendaRows` throws.
 */
export async function createSession(
  trx: Knex.Transaction,
  ports: Ports,
  by: { actor: Actor; office: Office },
  { title, nominationIds, date, place }: NewSession,
): Promise<string> {
  const id = ports.newId();
  await startCase(trx, ports, {
    id,
    workflow: 'councilSession',
    unitId: null,
    clusterId: null,
    input: {},
    actor: by.actor,
    officeId: by.office.id,
    detail: { title, nominationIds },
  });
  await insertCouncilSession(trx, {
    id,
    title,
    held_on: date ?? null,
    place: place ?? null,
    member_ids: await councilMembersOn(trx, date ?? ports.clock.today()),
  });
  await replaceCouncilCases(trx, id, await agendaRows(trx, id, nominationIds));
  return id;
}
