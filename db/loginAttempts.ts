import type { Knex } from 'knex';

/** Forgets failed log-ins that no longer count by `now` (wall clock). Answers how many names and addresses. */
export function dropLoginAttemptsBefore(db: Knex, now: Date): Promise<number> {
  return db('login_attempts').where('expire', '<=', now.getTime()).delete();
}
