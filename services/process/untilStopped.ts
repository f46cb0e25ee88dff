import type { Log } from '../ports.ts';

const LONGEST_STOP_MS = 15_000;

/**
 * Waits for SIGTERM or SIGINT, then stops the parts in order. A part that hangs does not hang the process: after
 * fifteen seconds it ends with exit code 1.
 */
export async function untilStopped(parts: readonly (() => Promise<void>)[], log: Log): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
  log.info({}, 'stopping');
  const late = setTimeout(() => {
    log.error({}, 'could not stop in time');
    process.exit(1);
  }, LONGEST_STOP_MS);
  for (const stop of parts) await stop();
  clearTimeout(late);
}
