import { describe, expect, test } from '@jest/globals';
import { createDoorbell } from '../../../services/worker/doorbell.ts';
import { waitFor } from '../../support/waitFor.ts';

const NEVER_MS = 3_600_000;
const ignore = () => undefined;

describe('a doorbell', () => {
  test('answers at once when made, and at each ring', async () => {
    let answers = 0;
    const bell = createDoorbell(NEVER_MS, () => Promise.resolve((answers += 1)), ignore);
    await waitFor('the first answer', () => Promise.resolve(answers === 1));
    bell.ring();
    await waitFor('the second answer', () => Promise.resolve(answers === 2));
    await bell.stop();
    bell.ring();
    expect(answers).toBe(2);
  });

  test('never answers twice at a time, and answers once more for all the rings in between', async () => {
    const open: (() => void)[] = [];
    let most = 0;
    let atOnce = 0;
    const bell = createDoorbell(
      NEVER_MS,
      async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise<void>((resolve) => open.push(resolve));
        atOnce -= 1;
      },
      ignore,
    );
    for (let ring = 0; ring < 5; ring += 1) bell.ring();
    open[0]?.();
    await waitFor('the answer to all rings', () => Promise.resolve(open.length === 2));
    const stopped = bell.stop();
    open[1]?.();
    await stopped;
    expect([most, open.length]).toEqual([1, 2]);
  });

  test('goes on by itself, also after a failure, and says what failed', async () => {
    const said: unknown[] = [];
    let answers = 0;
    const bell = createDoorbell(
      1,
      () => {
        answers += 1;
        return answers === 2 ? Promise.reject(new Error('away')) : Promise.resolve();
      },
      (error) => said.push(error),
    );
    await waitFor('more answers', () => Promise.resolve(answers > 4));
    await bell.stop();
    expect(said).toEqual([new Error('away')]);
  });
});
