/**
 * Asks for a stop at the first SIGINT, SIGTERM or SIGHUP, so that what runs can save and end; a second one ends the process at once. Within a second
 * of the first it is taken for the same: a terminal signals the launcher and this process, and the launcher passes its own on.
 *
 * @param say - told once, when the stop was asked for
 */
export function stopSignal(say: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  let askedAt = 0;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) {
        if (Date.now() - askedAt > SAME_MS) process.exit(130);
        return;
      }
      askedAt = Date.now();
      say(`${name}: saving, then stopping (once more: at once)`);
      controller.abort();
    });
  }
  return controller.signal;
}

const SAME_MS = 1000;
