import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 25;

/**
 * Asks until `look` answers something other than null, undefined or false, and answers that. Throws after `limitMs`,
 * naming what was waited for.
 */
export async function waitFor<Found>(
  what: string,
  look: () => Promise<Found | null | undefined | false>,
  limitMs = 20_000,
): Promise<Found> {
  const until = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await delay(EVERY_MS);
  }
}
