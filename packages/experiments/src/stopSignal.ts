/**
 * Asks for a stop at the first SIGINT, SIGTERM or SIGHUP, so that what runs can save and end; the second one ends the process at once.
 *
 * @param say - told once, when the stop was asked for
 */
export function stopSignal(say: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      say(`${name}: saving, then stopping (once more: at once)`);
      controller.abort();
    });
  }
  return controller.signal;
}
