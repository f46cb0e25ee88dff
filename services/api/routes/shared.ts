import { z } from 'zod';

/** `/{id}`: a UUID. */
export const idParams = z.object({ id: z.uuid() });

/** The code of a unit or cluster, as it stands in usernames and addresses. */
export const code = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .min(2)
  .max(40);

/** `?limit=` (at most 200) `&cursor=` of every list. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.uuid().optional(),
});
