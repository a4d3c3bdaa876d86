import { stopOnSignals } from '@mgmt/core';
import { consoleProgress, type Progress } from './progress.js';

/**
 * Does the work of a command that takes its time: with progress, and a signal that asks to stop. Stopped, it ends with status 130 and says how to go
 * on. However it ends, the terminal gets its cursor back.
 *
 * @param stopped - what is said then
 */
export async function longCommand(
  work: (progress: Progress, stop: AbortSignal) => Promise<void>,
  stopped = 'Stopped. Give the same command again, and it goes on from here.',
): Promise<void> {
  const progress = consoleProgress();
  const { signal: stop, release } = stopOnSignals({
    onStop: (name) => progress.say(`${name}: saving, then stopping (once more: at once)`),
  });
  try {
    await work(progress, stop);
    stop.throwIfAborted();
  } catch (error) {
    progress.end();
    if (error !== stop.reason) throw error;
    console.error(stopped);
    process.exitCode = 130;
  } finally {
    release();
    progress.end();
  }
}
