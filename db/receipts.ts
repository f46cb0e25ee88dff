import type { Knex } from 'knex';
import { json } from './connect.ts';

/** An idempotency key in the scope of its caller and route. */
export interface ReceiptKey {
  caller_id: string;
  route: string;
  key: string;
}

export interface ReceiptRow extends ReceiptKey {
  body_hash: string;
  status: number | null;
  answer: unknown;
}

/**
 * Takes the key for this request. A second request with the same key waits here until the first one's
 * transaction ends, and then finds its answer. Answers the earlier receipt, or null when the key was free.
 */
export async function claimReceipt(
  trx: Knex.Transaction,
  receipt: ReceiptKey & { body_hash: string; created_at: Date },
): Promise<ReceiptRow | null> {
  const claimed = await trx('receipts')
    .insert(receipt)
    .onConflict(['caller_id', 'route', 'key'])
    .ignore()
    .returning('key');
  if (claimed.length === 1) return null;
  const { caller_id, route, key } = receipt;
  return (await trx<ReceiptRow>('receipts').where({ caller_id, route, key }).first()) ?? null;
}

/** Keeps the answer with its key, in the transaction of what it answers. */
export async function keepAnswer(
  trx: Knex.Transaction,
  key: ReceiptKey,
  status: number,
  answer: unknown,
): Promise<void> {
  await trx('receipts')
    .where({ ...key })
    .update({ status, answer: json(answer) });
}

/** Forgets keys older than `before`: a retry comes within minutes, not weeks. */
export function dropReceiptsBefore(db: Knex, before: Date): Promise<number> {
  return db('receipts').where('created_at', '<', before).delete();
}
