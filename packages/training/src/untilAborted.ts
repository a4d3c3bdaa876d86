/**
 * Hands on what comes until the signal comes, then ends at once, also where the next item takes long. What comes after that is given to `discard`.
 *
 * @param discard - frees an item that nobody takes any more
 */
export async function* untilAborted<Item>(
  items: AsyncIterable<Item>,
  signal: AbortSignal,
  discard: (item: Item) => void,
): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  let hear: () => void = () => undefined;
  const aborted = new Promise<'aborted'>((resolve) => (hear = () => resolve('aborted')));
  signal.addEventListener('abort', hear);
  let next: Promise<IteratorResult<Item>> | undefined;
  try {
    while (!signal.aborted) {
      next = iterator.next();
      const first = await Promise.race([next, aborted]);
      if (first === 'aborted' || signal.aborted) return;
      next = undefined;
      if (first.done) return;
      yield first.value;
    }
  } finally {
    signal.removeEventListener('abort', hear);
    void next?.then(({ done, value }) => (done ? undefined : discard(value as Item))).catch(() => undefined);
    const ended = Promise.resolve(iterator.return?.()).catch(() => undefined);
    if (!next) await ended; // else the source is still busy, and nobody waits for it
  }
}
