import { InvalidConfig, type Config } from '../config.ts';

/** The given database; a process that is only a part of the product cannot bring its own. Throws InvalidConfig. */
export function requireDatabaseUrl({ databaseUrl }: Config): string {
  if (databaseUrl !== null) return databaseUrl;
  throw new InvalidConfig(['DATABASE_URL: must be set for an API or a worker that runs alone']);
}
