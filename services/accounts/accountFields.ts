import { z } from 'zod';

/** What an account is made of, wherever one is made: the API, and the command for the first administrator. */
export const accountFields = {
  displayName: z.string().trim().min(1).max(200),
  email: z.email().max(200),
  /** Its strength is judged apart (`passwordProblem`), together with the username. */
  password: z.string().min(1).max(200),
};

export const newAccountSchema = z.strictObject({
  username: z
    .string()
    .regex(/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/)
    .min(3)
    .max(60),
  ...accountFields,
});
