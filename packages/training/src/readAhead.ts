/**
 * Reads items in order, up to so many beyond the one that was taken last.
 *
 * A failure comes when its item is due. When the loop is left, nothing more is begun; what had begun is awaited by nobody and dropped, so that `read` should
 * give what the garbage collector frees: arrays, not tensors.
 *
 * @param ahead - at least 0
 */
export async function* readAhead<Item, Value>(
  items: readonly Item[],
  ahead: number,
  read: (item: Item) => Promise<Value>,
): AsyncGenerator<Value> {
  const begun: Promise<Value>[] = [];
  for (let due = 0; due < items.length; due++) {
    while (begun.length <= ahead && due + begun.length < items.length) {
      const value = read(items[due + begun.length]!);
      value.catch(() => undefined); // until it is due
      begun.push(value);
    }
    yield await begun.shift()!;
  }
}
