import type { Log } from '../ports.ts';

const LONGEST_STOP_MS = 15_000;

/**
 * Waits for SIGTERM or SIGINT, then stops the parts in order; one that fails does not keep the others from stopping,
 * and makes the exit code 1. What hangs, or is left open, does not hang the process: after fifteen seconds it ends
 * with exit code 1.
 */
export async function untilStopped(parts: readonly (() => Promise<void>)[], log: Log): Promise<void> {
  await new Promise<void>((resolve) => {
    // Not `once`: npm passes on a Ctrl-C that the terminal has sent us already, and the second would kill us.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        resolve();
      });
    }
  });
  log.info({}, 'stopping');
  const late = setTimeout(() => {
    log.error({}, 'could not stop in time');
    process.exit(1);
  }, LONGEST_STOP_MS);
  await stopAll(parts, log);
  // Fires only where something still keeps the process alive.
  late.unref();
}

/** Stops the parts in order. One that fails is logged and makes the exit code 1. */
export async function stopAll(parts: readonly (() => Promise<void>)[], log: Log): Promise<void> {
  for (const stop of parts) {
    await stop().catch((error: unknown) => {
      log.error({ err: error }, 'a part did not stop as it should');
      process.exitCode = 1;
    });
  }
}
