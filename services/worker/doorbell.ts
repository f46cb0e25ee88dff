/** Runs something again and again, and at once when rung. */
export interface Doorbell {
  ring: () => void;
  /** Rings no more; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

const LONGEST_PAUSE_MS = 10_000;

/**
 * Calls `answer` every `everyMs`, or at once after a ring, never twice at a time. Where it fails the pause doubles up
 * to ten seconds, until it works again.
 */
export function createDoorbell(
  everyMs: number,
  answer: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Doorbell {
  let stopped = false;
  let rung = false;
  let pause = everyMs;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | null = null;

  const run = async () => {
    do {
      rung = false;
      try {
        await answer();
        pause = everyMs;
      } catch (error) {
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        rung = false;
        onError(error);
      }
    } while (wanted());
  };
  const wanted = () => rung && !stopped;
  const start = () => {
    clearTimeout(timer);
    if (stopped || underWay !== null) return;
    underWay = run().finally(() => {
      underWay = null;
      if (!stopped) timer = setTimeout(start, pause);
    });
  };
  start();
  return {
    ring: () => {
      rung = true;
      start();
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
