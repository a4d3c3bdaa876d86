import { fork } from 'node:child_process';
import { workerModule } from '@mgmt/core/workers';
import { STOP, type WorkerMessage, type WorkerTask } from './workerMessages.js';

/** How a worker ended: by itself, by an error of its objective, or by something that it could not tell of. */
export type WorkerEnd =
  { readonly kind: 'done' } | { readonly kind: 'error'; readonly sentence: string } | { readonly kind: 'lost'; readonly sentence: string };

/**
 * Starts a process that runs trials, and waits for its end.
 *
 * @param stop - asks it to end
 * @param onTrial - told the number of each trial when it has ended
 */
export function runWorker(task: WorkerTask, stop: AbortSignal, onTrial: (number: number) => void): Promise<WorkerEnd> {
  const { filename, execArgv = [], env } = workerModule(import.meta.url, './worker');
  return new Promise((resolve) => {
    const child = fork(filename, [JSON.stringify(task)], { execArgv: [...process.execArgv, ...execArgv], env });
    const askToStop = () => void (child.connected && child.send(STOP, () => undefined));
    stop.addEventListener('abort', askToStop);
    if (stop.aborted) askToStop();
    let end: WorkerEnd | undefined;
    child.on('message', (message: WorkerMessage) => {
      if (message.kind === 'trial') onTrial(message.number);
      else end = message;
    });
    child.on('error', (error) => (end = { kind: 'lost', sentence: error.message }));
    child.on('close', (code, signal) => {
      stop.removeEventListener('abort', askToStop);
      resolve(end ?? { kind: 'lost', sentence: signal ?? `exit code ${code}` });
    });
  });
}
