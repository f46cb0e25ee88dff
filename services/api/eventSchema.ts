import { z } from 'zod';
import type { EventDefinition, WorkflowDefinition } from '../../workflows/workflow.ts';

const anyEvent = z.looseObject({ type: z.string() });

/** The body of an event: its payload beside its type. */
export type EventSchema = z.ZodType<z.output<typeof anyEvent>>;

/** Every event that a person can send, for the API document; `eventSchema` is what validates. */
export function documentedEvents(definition: WorkflowDefinition): EventSchema {
  const [first, ...others] = Object.entries(definition.events)
    .filter(([, { system }]) => system !== true)
    .map(([type, { label, payload }]) =>
      payload.extend({ type: z.literal(type) }).meta({ title: label.vi, description: label.en }),
    );
  if (first === undefined) return anyEvent;
  return z.discriminatedUnion('type', [first, ...others]) as unknown as EventSchema;
}

/** The schema of the event that `raw` names; one of a name unknown to the workflow is invalid input. */
export function eventSchema(definition: WorkflowDefinition, raw: unknown): EventSchema {
  const type = anyEvent.safeParse(raw).data?.type;
  // A type such as `constructor` is in every object, and an event of none.
  if (type !== undefined && Object.hasOwn(definition.events, type)) {
    const event = definition.events[type];
    if (event !== undefined) return schemaOf(type, event);
  }
  return z.looseObject({ type: z.enum(Object.keys(definition.events)) });
}

/** Made once for each event: zod compiles a schema on its first use, which costs more than the whole decision. */
const made = new WeakMap<EventDefinition, EventSchema>();

function schemaOf(type: string, event: EventDefinition): EventSchema {
  const known = made.get(event);
  if (known !== undefined) return known;
  const schema = event.payload.extend({ type: z.literal(type) }) as unknown as EventSchema;
  made.set(event, schema);
  return schema;
}
