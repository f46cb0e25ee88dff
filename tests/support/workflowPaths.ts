import { createHash } from 'node:crypto';
import type { AnyStateMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import {
  begin,
  step,
  type PersistedSnapshot,
  type WorkflowDefinition,
  type WorkflowEvent,
} from '../../workflows/workflow.ts';
import { inputs, payloads } from './workflowPayloads.ts';
import { everyFact } from './workflowTable.ts';

/** Each event with each sample payload, with all facts true, and with all but one. */
export function sampleEvents(definition: WorkflowDefinition): WorkflowEvent[] {
  const all = everyFact(definition, true);
  const worlds = [all, ...Object.keys(all).map((fact) => ({ ...all, [fact]: false }))];
  return Object.entries(payloads[definition.name]).flatMap(([type, samples]) =>
    samples.flatMap((payload) => worlds.map((facts) => ({ type, payload, facts }))),
  );
}

export interface Path {
  input: object;
  events: WorkflowEvent[];
}

/** A shortest way into every state that xstate's own graph search reaches, over all inputs. */
export function shortestPaths(definition: WorkflowDefinition): Map<string, Path> {
  const found = new Map<string, Path>();
  for (const input of inputs[definition.name]) {
    const paths = getShortestPaths<AnyStateMachine>(definition.machine, {
      input,
      events: sampleEvents(definition),
    });
    for (const { state, steps } of paths) {
      const name = String(state.value);
      const events = steps
        .map(({ event }) => event as WorkflowEvent)
        .filter(({ type }) => type !== 'xstate.init');
      const known = found.get(name);
      if (!known || known.events.length > events.length) found.set(name, { input, events });
    }
  }
  return found;
}

/** Walks a path through the door's own functions; the snapshot goes through JSON at every step. */
export function walk(definition: WorkflowDefinition, { input, events }: Path): PersistedSnapshot {
  return events.reduce(
    (snapshot, event) => throughJson(step(definition, snapshot, event).snapshot),
    throughJson(begin(definition, input).snapshot),
  );
}

/** What the database gives back for what it was given. */
export function throughJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

/** A fingerprint of all that a machine does: states, transitions, guards, effects, context. */
export function machineHash(definition: WorkflowDefinition): string {
  return createHash('sha256').update(stable(definition.machine.config)).digest('hex');
}

function stable(value: unknown): string {
  if (typeof value === 'function') return JSON.stringify(String(value).replaceAll(/\s+/g, ' '));
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, part]) => `${JSON.stringify(key)}:${stable(part)}`).join(',')}}`;
}
