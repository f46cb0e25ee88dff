import { z } from 'zod';

/** `/{id}`: a UUID. */
export const idParams = z.object({ id: z.uuid() });

/** `?limit=` (at most 200) `&cursor=` of every list. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.uuid().optional(),
});
