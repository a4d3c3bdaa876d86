/** Options of {@link stopOnSignals}. */
export interface StopOnSignalsOptions {
  /** Told once, when the stop was asked for: `SIGTERM`. */
  readonly onStop?: (name: NodeJS.Signals) => void;
}

/** A stop that was or was not asked for. */
export interface StopOnSignals {
  /** For whatever takes one: training's `fit`, a preparation, a download. */
  readonly signal: AbortSignal;
  /** Gives the process's signals back to whoever had them before. */
  release(): void;
}

/**
 * Asks for a stop at the first SIGINT, SIGTERM or SIGHUP, so that what runs can make its state safe and end; a second one ends the process at once,
 * with status 130. Within a second of the first it is taken for the same: a terminal signals a launcher and its child alike, and the launcher passes its
 * own on. Node.js hears a signal between two pieces of work, not within one.
 *
 * @example
 * const stop = stopOnSignals();
 * const { stopped } = await fit(model, training, config, { folder, signal: stop.signal });
 * stop.release();
 * if (stopped) process.exitCode = 130;
 */
export function stopOnSignals({ onStop }: StopOnSignalsOptions = {}): StopOnSignals {
  const controller = new AbortController();
  let askedAt = 0;
  const hear = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      if (performance.now() - askedAt > SAME_MS) process.exit(130);
      return;
    }
    askedAt = performance.now();
    controller.abort();
    onStop?.(name);
  };
  for (const name of NAMES) process.on(name, hear);
  return {
    signal: controller.signal,
    release() {
      for (const name of NAMES) process.off(name, hear);
    },
  };
}

const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const SAME_MS = 1000;
