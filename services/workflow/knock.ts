import type { Knex } from 'knex';
import { NotFound } from '../../db/errors.ts';
import { EventNotAllowed } from '../../workflows/workflow.ts';
import type { Actor } from '../accounts/actor.ts';
import { StaleRevision } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { capabilityOf, type Capabilities, type CaseRow, type Schedule } from './capability.ts';
import type { Command, DecidingContext } from './decide.ts';
import { momentOf } from './momentOf.ts';
import { officeFor } from './policy.ts';

export interface DoorDeps {
  db: Knex;
  capabilities: Capabilities;
  schedule: Schedule;
  ports: Ports;
}

/** An event for one case, as it reaches the door. */
export interface Knock {
  /** The case as the caller has just read it; the door reads again only where somebody was faster. */
  row: CaseRow;
  type: string;
  payload: unknown;
  actor: Actor;
  /** The revision the caller says it saw (If-Match), or null. */
  expectedRevision: number | null;
}

/** Throws StaleRevision where the caller named a revision that is not the case's. */
export function refuseStale({ expectedRevision }: Knock, { revision }: CaseRow): void {
  if (expectedRevision !== null && expectedRevision !== revision) throw new StaleRevision(revision);
}

/** The event as sent with the office that may send it in the case's present state. Throws EventNotAllowed. */
export function commandOn(
  { capabilities }: Pick<DoorDeps, 'capabilities'>,
  knock: Knock,
  row: CaseRow,
): Command {
  const { type, payload, actor } = knock;
  const office = officeFor(capabilityOf(capabilities, row.workflow).policy, type, actor, row);
  if (office === null) throw new EventNotAllowed({ event: type, state: row.state, allowed: [], missing: [] });
  return { type, payload, actor, officeId: office.id };
}

/** Reads a case anew through its capability. Throws NotFound. */
export async function rereadCase(
  { capabilities, ports }: Pick<DoorDeps, 'capabilities' | 'ports'>,
  db: Knex,
  { workflow, id }: { workflow: string; id: string },
): Promise<CaseRow> {
  const [row] = await capabilityOf(capabilities, workflow).readCases(db, [id], ports.clock.today());
  if (row === undefined) throw new NotFound(workflow);
  return row;
}

export function decidingContext({ schedule, ports }: DoorDeps): DecidingContext {
  return { schedule, ports, moment: momentOf(ports) };
}
