import { setTimeout as delay } from 'node:timers/promises';
import { Unexpected } from './failures.ts';

const EVERY_MS = 200;
const LONGEST_WAIT_MS = 30_000;

/**
 * Asks again and again until `look` finds something (not null), and answers that; every 200 ms, for 30 s at most.
 * Throws Unexpected with what was waited for.
 */
export async function waitFor<Found>(what: string, look: () => Promise<Found | null>): Promise<Found> {
  const until = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > until)
      throw new Unexpected(`Chờ ${LONGEST_WAIT_MS / 1000} giây mà không thấy: ${what}`);
    await delay(EVERY_MS);
  }
}
