/** A row that should be there is not. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
  readonly code = 'not-found';
}

/** Somebody else changed the row first. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  readonly code = 'conflict';
}

/** What PostgreSQL said: SQLSTATE and, for constraints, which one. */
export interface DatabaseRefusal {
  code: string;
  constraint?: string;
}

/** True when `error` is PostgreSQL's refusal with that SQLSTATE (and constraint, where one is given). */
export function isRefusal(error: unknown, code: string, constraint?: string): boolean {
  const refusal = error as Partial<DatabaseRefusal> | null;
  if (refusal?.code !== code) return false;
  return constraint === undefined || refusal.constraint === constraint;
}

export const UNIQUE_VIOLATION = '23505';
export const CHECK_VIOLATION = '23514';
export const NUMBER_OUT_OF_RANGE = '22003';
export const DATE_OUT_OF_RANGE = '22008';
