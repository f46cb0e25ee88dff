import { z } from 'zod';

/** What the queue carries: which work, and the id of its row. */
export const jobSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('sweep') }),
  z.object({ name: z.literal('notice'), id: z.uuid() }),
  z.object({ name: z.literal('mail'), id: z.uuid() }),
]);
export type Job = z.infer<typeof jobSchema>;
