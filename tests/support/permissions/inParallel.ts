/** Works on all of them, so many at a time; answers in their order. */
export async function inParallel<Item, Made>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  const queue = items.entries();
  const run = async () => {
    for (const [index, item] of queue) made[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, run));
  return made;
}
