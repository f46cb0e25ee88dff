import { describe, expect, test } from '@jest/globals';
import { joinCalls } from '../../../services/workflow/joinCalls.ts';

/** A run that ends only when the test lets it. */
function heldRuns() {
  const runs: { items: string[]; end: () => void; fail: () => void }[] = [];
  const run = (items: string[]) =>
    new Promise<string[]>((resolve, reject) => {
      runs.push({
        items,
        end: () => {
          resolve(items.map((item) => `${item}!`));
        },
        fail: () => {
          reject(new Error('refused'));
        },
      });
    });
  return { runs, run };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const options = { keyOf: (item: string) => item.slice(0, 1), most: 3 };

describe('calls that are joined', () => {
  test('the first runs at once and alone, those that come meanwhile share the next run', async () => {
    const { runs, run } = heldRuns();
    const call = joinCalls(run, options);
    const answers = [call('a'), call('b'), call('c')];
    expect(runs.map(({ items }) => items)).toEqual([['a']]);
    runs[0]?.end();
    await settled();
    expect(runs.map(({ items }) => items)).toEqual([['a'], ['b', 'c']]);
    runs[1]?.end();
    expect(await Promise.all(answers)).toEqual(['a!', 'b!', 'c!']);
  });

  test('two of one key never share a run, and no run takes more than it may', async () => {
    const { runs, run } = heldRuns();
    const call = joinCalls(run, options);
    const answers = ['x', 'a1', 'a2', 'b', 'c', 'd'].map((item) => call(item));
    for (let index = 0; index < 3; index += 1) {
      runs[index]?.end();
      await settled();
    }
    expect(runs.map(({ items }) => items)).toEqual([['x'], ['a1', 'b', 'c'], ['a2', 'd']]);
    expect(await Promise.all(answers)).toEqual(['x!', 'a1!', 'a2!', 'b!', 'c!', 'd!']);
  });

  test('a shared run that fails is done again one by one: only the guilty call is refused', async () => {
    const run = (items: string[]) =>
      items.includes('bad')
        ? Promise.reject(new Error('refused'))
        : Promise.resolve(items.map((item) => `${item}!`));
    const call = joinCalls(run, options);
    const answers = await Promise.allSettled(['first', 'bad', 'good'].map((item) => call(item)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('after a failure the next call runs again', async () => {
    const { runs, run } = heldRuns();
    const call = joinCalls(run, options);
    const refused = call('a');
    runs[0]?.fail();
    await expect(refused).rejects.toThrow('refused');
    const later = call('b');
    runs[1]?.end();
    expect(await later).toBe('b!');
  });
});
