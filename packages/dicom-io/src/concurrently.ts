/**
 * Runs a task for each item, a few at a time, and hands the results on in the items' order. After a failure no further task is started, and those
 * under way are waited for: nothing is written any more into memory that the caller lent.
 *
 * @param limit - how many run at once, at least 1
 */
export async function concurrently<T, R>(items: readonly T[], limit: number, task: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await task(items[index]!, index);
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, worker);
  try {
    await Promise.all(workers);
  } finally {
    next = items.length;
    await Promise.allSettled(workers);
  }
  return results;
}

/** Files open at once: enough to keep a disk and libuv's four threads busy, far below any limit of open files. */
export const FILES_AT_ONCE = 16;
