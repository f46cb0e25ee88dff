import { setTimeout as delay } from 'node:timers/promises';
import { Router } from 'express';
import type { Knex } from 'knex';
import { isMigrated } from '../../db/readiness.ts';
import { NotReady } from '../errors.ts';

/** A probe that waits longer than this for its database gets "not ready". */
const PATIENCE_MS = 2_000;

/**
 * `/health/live`: the process answers. `/health/ready`: it can also work, since the database answers and has the
 * newest migration; else a problem document with 503 that says which of the two is missing.
 */
export function healthRouter(db: Knex): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  router.get('/health/ready', async (_request, response) => {
    await checkReady(db);
    response.setHeader('Cache-Control', 'no-store');
    response.json({ status: 'ready' });
  });
  return router;
}

async function checkReady(db: Knex): Promise<void> {
  const giveUp = new AbortController();
  const late = delay(PATIENCE_MS, 'unreachable' as const, { signal: giveUp.signal }).catch(
    () => 'unreachable' as const,
  );
  const asked = isMigrated(db).catch(() => 'unreachable' as const);
  const answer = await Promise.race([asked, late]);
  giveUp.abort();
  if (answer === 'unreachable') {
    throw new NotReady({ vi: 'Không kết nối được cơ sở dữ liệu.', en: 'The database does not answer.' });
  }
  if (!answer) {
    throw new NotReady({
      vi: 'Cơ sở dữ liệu chưa được nâng cấp lên phiên bản này.',
      en: 'The database lacks the newest migration.',
    });
  }
}
