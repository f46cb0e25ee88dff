import type { Knex } from 'knex';
import { dropLoginAttemptsBefore } from '../../db/loginAttempts.ts';
import { dropReceiptsBefore } from '../../db/receipts.ts';
import { deleteSessionsBefore } from '../../db/sessions.ts';
import type { FileStorage } from '../files/fileStorage.ts';
import type { Ports } from '../ports.ts';

export interface DropOldDeps {
  db: Knex;
  ports: Ports;
  storage: Pick<FileStorage, 'discardOlderThan'>;
}

/** How many of each were dropped. */
export interface Dropped {
  receipts: number;
  sessions: number;
  loginAttempts: number;
  uploads: number;
}

const DAY_MS = 86_400_000;
/** A client that repeats a request does so within minutes. */
const RECEIPT_DAYS = 7;
/** An upload that is still arriving has been written to since. */
const UPLOAD_DAYS = 1;

/** Forgets what nobody needs any more, by the wall clock, and says so in the log where there was something. */
export async function dropOld({ db, ports, storage }: DropOldDeps): Promise<Dropped> {
  const now = ports.clock.wall();
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const dropped = {
    receipts: await dropReceiptsBefore(db, daysAgo(RECEIPT_DAYS)),
    sessions: await deleteSessionsBefore(db, now),
    loginAttempts: await dropLoginAttemptsBefore(db, now),
    uploads: await storage.discardOlderThan(daysAgo(UPLOAD_DAYS)),
  };
  if (Object.values(dropped).some((count) => count > 0))
    ports.log.info(dropped, 'dropped what is out of date');
  return dropped;
}
