import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';
import { freePort } from './freePort.ts';
import { startPostmaster, type Postmaster, type PostmasterOptions } from './postmaster.ts';

const ATTEMPTS = 40;
const PAUSE = 250;

/**
 * Starts the server on `port`, or else on a free one. Tries again while the cause is of the kind that goes
 * away: somebody took the free port first, or processes of a server that was killed are still ending.
 */
export async function startOnPort(
  options: Omit<PostmasterOptions, 'port'>,
  port?: number,
): Promise<{ postmaster: Postmaster; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const tried = port ?? (await freePort());
    try {
      return { postmaster: await startPostmaster({ ...options, port: tried }), port: tried };
    } catch (error) {
      const passing = error instanceof EmbeddedPostgresError && isPassing(error, port !== undefined);
      if (!passing || attempt === ATTEMPTS) throw error;
      await delay(PAUSE);
    }
  }
}

function isPassing(error: EmbeddedPostgresError, isFixedPort: boolean): boolean {
  if (error.code === 'port-taken') return !isFixedPort;
  return error.message.includes('pre-existing shared memory block');
}
