interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(reason: Error): void;
}

export interface JoinOptions<Item> {
  /** Two items of one key never share a run: the second waits for the next one. */
  keyOf: (item: Item) => string;
  /** At most so many items in one run. */
  most: number;
}

/**
 * Lets calls that arrive while a run is under way share the next run: under load, many requests then cost one
 * statement, and a request that comes alone waits for nothing. `run` answers one result for each item, in order.
 * A shared run that fails is done again item by item, so that nobody suffers for another's fault.
 */
export function joinCalls<Item, Result>(
  run: (items: Item[]) => Promise<Result[]>,
  { keyOf, most }: JoinOptions<Item>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let running = false;

  const settle = async (batch: Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [index, each] of batch.entries()) each.resolve(results[index] as Result);
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error as Error);
      else for (const each of batch) await settle([each]);
    }
  };

  const drain = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const { taken, left } = take(waiting, keyOf, most);
      waiting = left;
      await settle(taken);
    }
    running = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void drain();
    });
}

function take<Item, Result>(
  waiting: readonly Waiting<Item, Result>[],
  keyOf: (item: Item) => string,
  most: number,
): { taken: Waiting<Item, Result>[]; left: Waiting<Item, Result>[] } {
  const keys = new Set<string>();
  const taken: Waiting<Item, Result>[] = [];
  const left: Waiting<Item, Result>[] = [];
  for (const each of waiting) {
    const key = keyOf(each.item);
    if (keys.has(key) || taken.length === most) {
      left.push(each);
      continue;
    }
    keys.add(key);
    taken.push(each);
  }
  return { taken, left };
}
