import { z } from 'zod';

/** A UUID in the one spelling in which ids are kept: people and programs may send capital letters (RFC 9562). */
export const uuid = z.uuid().toLowerCase();

/** `/{id}`: a UUID. */
export const idParams = z.object({ id: uuid });

/** One line with something to read in it, and nothing that turns around what stands beside it. */
const READABLE_LINE = /^(?=.*[\p{L}\p{N}])[^\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]*$/u;

/** A name that goes on paper and on the public page. */
export const nameOnPaper = z
  .string()
  .trim()
  .min(1, { abort: true })
  .max(300, { abort: true })
  .refine((name) => READABLE_LINE.test(name), {
    error: 'Cần một dòng có chữ, không có ký tự điều khiển.',
    params: { en: 'Needs one line of readable text without control characters.' },
  });

/** The code of a unit or cluster, as it stands in usernames and addresses. */
export const code = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .min(2)
  .max(40);

/** `?limit=` (at most 200) `&cursor=` of every list. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: uuid.optional(),
});
