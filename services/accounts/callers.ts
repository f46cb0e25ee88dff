import { createHmac } from 'node:crypto';
import type { Knex } from 'knex';
import { sendNotice, type Notices } from '../../db/notices.ts';
import { findSession } from '../../db/sessions.ts';
import { findToken } from '../../db/tokens.ts';
import type { Clock } from '../ports.ts';
import type { Actor } from './actor.ts';
import { loadActor } from './loadActor.ts';

/** Finds who stands behind a session cookie or a bearer token. */
export interface Callers {
  bySession(secret: string): Promise<Actor | null>;
  byToken(secret: string): Promise<Actor | null>;
  forget(): void;
  /** Makes every process forget when this transaction commits, and this one before anybody is answered. */
  forgetAfter(trx: Knex.Transaction): Promise<void>;
}

interface Kept {
  actor: Actor;
  day: string;
  /** Wall clock, milliseconds. */
  endsAt: number;
}

/** How long an answer may be kept without asking again, even if no notice came. */
const KEEP_MS = 30_000;
const MOST_KEPT = 10_000;

/** What is stored of a session's or token's secret, under the product's own: who reads the table cannot log in. */
export function secretHash(pepper: string, secret: string): string {
  return createHmac('sha256', pepper).update(secret).digest('hex');
}

/**
 * Keeps callers in memory, so that a request costs no round trip for its session. What is kept is dropped at
 * once when accounts, offices, clusters or sessions change in any process (a notice says so), when the day
 * changes, and when the line for notices is down.
 */
export function createCallers(deps: { db: Knex; clock: Clock; notices: Notices; secret: string }): Callers {
  const { db, clock, notices } = deps;
  const kept = new Map<string, Kept>();
  // Counts the times that all was forgotten: what was asked for before the last one is no longer worth keeping.
  let forgotten = 0;
  const forget = () => {
    kept.clear();
    forgotten += 1;
  };
  notices.on('accounts', forget);

  const remembered = (key: string): Actor | null => {
    const known = kept.get(key);
    if (known === undefined || !notices.connected()) return null;
    if (known.day === clock.today() && known.endsAt > clock.wall().getTime()) return known.actor;
    kept.delete(key);
    return null;
  };
  const remember = (key: string, actor: Actor, ends: Date, askedAt: number) => {
    if (askedAt !== forgotten) return;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, {
      actor,
      day: clock.today(),
      endsAt: Math.min(ends.getTime(), clock.wall().getTime() + KEEP_MS),
    });
  };

  return {
    forget,
    async forgetAfter(trx) {
      await sendNotice(trx, 'accounts');
      trx.executionPromise.then(forget, () => undefined);
    },
    async bySession(secret) {
      const known = remembered(`session ${secret}`);
      if (known !== null) return known;
      const askedAt = forgotten;
      const session = await findSession(db, secretHash(deps.secret, secret), clock.wall());
      const actor = session === null ? null : await loadActor(db, session.account_id, clock.today());
      if (session !== null && actor !== null)
        remember(`session ${secret}`, actor, session.expires_at, askedAt);
      return actor;
    },
    async byToken(secret) {
      const known = remembered(`token ${secret}`);
      if (known !== null) return known;
      const askedAt = forgotten;
      const token = await findToken(db, secretHash(deps.secret, secret), clock.wall());
      const owner = token === null ? null : await loadActor(db, token.account_id, clock.today());
      if (token === null || owner === null) return null;
      const actor = { ...owner, scopes: token.scopes };
      remember(`token ${secret}`, actor, token.expires_at, askedAt);
      return actor;
    },
  };
}
