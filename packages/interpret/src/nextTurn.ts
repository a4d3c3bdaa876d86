/** Lets timers and events run between two batches; a backend that has its numbers at once would keep an abort waiting to the end. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
