import type { Knex } from 'knex';

/** A message as the built-in inbox received it; the same message twice is two rows. */
export interface InboxMailRow {
  id: string;
  message_id: string | null;
  recipient: string;
  subject: string;
  body: string;
  received_at: Date;
}

export async function insertInboxMails(db: Knex, rows: readonly InboxMailRow[]): Promise<void> {
  await db<InboxMailRow>('inbox_mails').insert([...rows]);
}

/** One page of received mail, newest first (ids are UUIDv7); `recipient` null: of everybody. */
export function pageOfInbox(
  db: Knex,
  filter: { recipient: string | null; cursor: string | null; limit: number },
): Promise<InboxMailRow[]> {
  const query = db<InboxMailRow>('inbox_mails').orderBy('id', 'desc').limit(filter.limit);
  if (filter.recipient !== null) query.where({ recipient: filter.recipient });
  if (filter.cursor !== null) query.where('id', '<', filter.cursor);
  return query;
}

/** The newest mail whose address holds `part`, for a person who looks through the inbox. */
export function searchInbox(db: Knex, part: string, limit: number): Promise<InboxMailRow[]> {
  const query = db<InboxMailRow>('inbox_mails').orderBy('id', 'desc').limit(limit);
  // strpos and not like: an address may hold _ and %.
  return part === '' ? query : query.whereRaw('strpos(recipient, ?) > 0', [part]);
}
