import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Knex } from 'knex';
import { claimReceipt, keepAnswer, type ReceiptKey } from '../../db/receipts.ts';
import type { Actor } from '../accounts/actor.ts';
import { canonicalJson } from '../audit/canonicalJson.ts';
import { InvalidInput, KeyReused } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { Answer, Route } from './route.ts';

const LONGEST_KEY = 255;

/**
 * The idempotency key of a request in the scope of its caller and route; null where none was sent or none is kept.
 * Throws InvalidInput for a key that is empty or too long: cut short, two keys could become one.
 */
export function idempotencyKey(
  spec: Route,
  actor: Actor,
  request: Request,
  params: unknown,
): ReceiptKey | null {
  const key = request.header('Idempotency-Key');
  if (key === undefined || !keepsReceipts(spec)) return null;
  if (key === '' || key.length > LONGEST_KEY) {
    const message = { vi: `Cần từ 1 đến ${LONGEST_KEY} ký tự.`, en: `Needs 1 to ${LONGEST_KEY} characters.` };
    throw new InvalidInput([{ pointer: 'Idempotency-Key', message }]);
  }
  return { caller_id: actor.accountId, route: `${spec.method} ${pathOf(spec, params)}`, key };
}

/** The path in one spelling: the router takes any case, a slash at the end and a query for the same route. */
function pathOf({ path }: Route, params: unknown): string {
  const parsed = (params ?? {}) as Record<string, unknown>;
  return path.replaceAll(/\{(\w+)\}/g, (_place, name: string) => encodeURIComponent(String(parsed[name])));
}

/** True for routes that change something in the name of somebody, unless they say that they keep no answers. */
export function keepsReceipts(spec: Route): boolean {
  return spec.method !== 'get' && spec.permission !== 'public' && spec.keepsReceipt !== false;
}

/**
 * Does the work once for a key and keeps its answer in the same transaction: the same key and body gets that
 * answer again, also when both come at once. A refusal is not kept, so the caller may try again.
 * Throws KeyReused for another body.
 */
export async function answerOnce(
  { db, ports }: { db: Knex; ports: Ports },
  key: ReceiptKey,
  raw: unknown,
  work: (trx: Knex.Transaction) => Promise<Answer<unknown> & { status: number }>,
): Promise<Answer<unknown>> {
  const hash = createHash('sha256')
    .update(canonicalJson(raw ?? null))
    .digest('hex');
  return db.transaction(async (trx) => {
    const claim = { ...key, body_hash: hash, created_at: ports.clock.wall() };
    const earlier = await claimReceipt(trx, claim);
    if (earlier === null) {
      const made = await work(trx);
      await keepAnswer(trx, key, made.status, made);
      return made;
    }
    if (earlier.body_hash !== hash) throw new KeyReused();
    return earlier.answer as Answer<unknown>;
  });
}
