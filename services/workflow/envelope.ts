import { z } from 'zod';
import { lookup } from '../../workflows/registry.ts';
import { allowedEvents, type Text, type WorkflowDefinition } from '../../workflows/workflow.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Capability, CaseRow, Moment } from './capability.ts';
import { inPersonOnly } from './inPersonOnly.ts';
import { officeFor } from './policy.ts';

/** An event that this caller could send now, with what its payload looks like. */
export interface OfferedEvent {
  type: string;
  label: Text;
  payloadSchema: unknown;
}

/** The one answer for every workflow resource (contract.md §3). */
export interface Envelope {
  id: string;
  createdAt: string;
  updatedAt: string;
  workflow: {
    name: string;
    version: number;
    state: string;
    revision: number;
    finished: boolean;
    label: Text;
    allowedEvents: OfferedEvent[];
  };
  [field: string]: unknown;
}

/** Shows a case to a viewer: its fields, where it stands, and exactly what this viewer could send now. */
export function envelope(capability: Capability, row: CaseRow, viewer: Actor, moment: Moment): Envelope {
  const definition = lookup(capability.workflow, row.version);
  return {
    ...capability.present(row, viewer, moment),
    id: row.id,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    workflow: {
      name: definition.name,
      version: definition.version,
      state: row.state,
      revision: row.revision,
      finished: row.finished,
      label: definition.states[row.state]?.label ?? { vi: row.state, en: row.state },
      allowedEvents: offeredEvents(capability, row, viewer, moment),
    },
  };
}

/** What this viewer could send now: the machine allows it with today's facts, and an office of theirs may. */
export function offeredEvents(
  capability: Capability,
  row: CaseRow,
  viewer: Actor,
  moment: Moment,
): OfferedEvent[] {
  const definition = lookup(capability.workflow, row.version);
  const permitted = Object.keys(definition.events).filter(
    (type) =>
      officeFor(capability.policy, type, viewer, row) !== null &&
      sendsHere(viewer, capability.collection, type),
  );
  if (permitted.length === 0) return [];
  const possible = allowedEvents(definition, row.snapshot, capability.facts(row, null, viewer, moment));
  return possible.filter((type) => permitted.includes(type)).map((type) => offer(definition, type));
}

/** A token sends only with the scope for it, and never what is done in person. */
function sendsHere({ scopes }: Actor, collection: string, type: string): boolean {
  return scopes === null || (scopes.includes(`${collection}.event`) && !inPersonOnly(type));
}

const offers = new Map<string, OfferedEvent>();

function offer(definition: WorkflowDefinition, type: string): OfferedEvent {
  const key = `${definition.name}/${definition.version}/${type}`;
  const known = offers.get(key);
  if (known !== undefined) return known;
  const event = definition.events[type];
  if (event === undefined) throw new Error(`workflow ${definition.name} has no event ${type}`);
  const made = { type, label: event.label, payloadSchema: z.toJSONSchema(event.payload, { io: 'input' }) };
  offers.set(key, made);
  return made;
}
