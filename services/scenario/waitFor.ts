import { setTimeout as delay } from 'node:timers/promises';
import { Unexpected } from './failures.ts';

const EVERY_MS = 200;
const LONGEST_WAIT_MS = 30_000;

/** Asks until `look` finds something (not null) and answers that. Throws Unexpected, saying what was waited for. */
export type WaitFor = <Found>(what: string, look: () => Promise<Found | null>) => Promise<Found>;

/** Waits for conditions: looks every 200 ms, for 30 s at most unless another limit is given. */
export function waitingAtMost(limitMs = LONGEST_WAIT_MS): WaitFor {
  return async (what, look) => {
    const until = performance.now() + limitMs;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      if (performance.now() > until)
        throw new Unexpected(`Chờ ${limitMs / 1000} giây mà không thấy: ${what}`);
      await delay(EVERY_MS);
    }
  };
}
