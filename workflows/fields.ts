import { z } from 'zod';
import type { EventDefinition } from './workflow.ts';

/** Fields that payloads share. `title` is the label of the form field; limits are the server's. */
export const nothing = z.strictObject({});

export const line = (title: string, titleEn: string, max = 200) =>
  z.string().trim().min(1).max(max).meta({ title, titleEn });

export const text = (title: string, titleEn: string) => line(title, titleEn, 2000);

export const day = (title: string, titleEn: string) => z.iso.date().meta({ title, titleEn });

export const id = (title: string, titleEn: string) => z.uuid().toLowerCase().meta({ title, titleEn });

export const reason = text('Lý do', 'Reason');

/** The event type that a machine receives, from its payload schemas and fact names. */
export type EventOf<Events extends Readonly<Record<string, EventDefinition>>, FactTexts> = {
  [Type in keyof Events & string]: {
    type: Type;
    payload: z.infer<Events[Type]['payload']>;
    facts: Readonly<Record<keyof FactTexts & string, boolean>>;
  };
}[keyof Events & string];

/** The `types` of a machine's setup: declared, so that no assertion is needed. */
export interface MachineTypes<Context, Event, Input = never> {
  context?: Context;
  events?: Event;
  input?: Input;
}
