import type { Log } from '../ports.ts';

const LONGEST_STOP_MS = 15_000;

/**
 * Resolves on SIGTERM or SIGINT. Ask for it before anything is started: then a signal waits for the start to be
 * through instead of breaking it off. What hangs, or is left open, does not hang the process: fifteen seconds after
 * the signal it ends with exit code 1.
 */
export async function untilSignalled(log: Log): Promise<void> {
  await new Promise<void>((resolve) => {
    // Not `once`: npm passes on a Ctrl-C that the terminal has sent us already, and the second would kill us.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        resolve();
      });
    }
  });
  log.info({}, 'stopping');
  setTimeout(() => {
    log.error({}, 'could not stop in time');
    process.exit(1);
  }, LONGEST_STOP_MS).unref();
}

/**
 * Stops the parts in order. One that fails does not keep the others from stopping; it is logged and makes the exit
 * code 1.
 */
export async function stopAll(parts: readonly (() => Promise<void>)[], log: Log): Promise<void> {
  for (const stop of parts) {
    await stop().catch((error: unknown) => {
      log.error({ err: error }, 'a part did not stop as it should');
      process.exitCode = 1;
    });
  }
}
