import { openStudy } from './openStudy.js';
import { optimize } from './optimize.js';
import { STOP, type WorkerMessage, type WorkerTask } from './workerMessages.js';
import { readObjectiveModule } from './workerObjective.js';

/* The process that `optimizeInProcesses` starts: runs trials of a study that it shares with others, until it is told to stop or its parent is gone. */
void work(JSON.parse(process.argv[2]!) as WorkerTask);

async function work(task: WorkerTask): Promise<void> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(name, () => stop.abort());
  process.on('message', (message) => message === STOP && stop.abort());
  try {
    const { objective, sampler, pruner } = await readObjectiveModule(task.module);
    const study = await openStudy({ ...task, sampler, pruner });
    await optimize(study, objective, { ...task, signal: stop.signal, onTrial: ({ number }) => tell({ kind: 'trial', number }) });
    await tell({ kind: 'done' });
  } catch (error) {
    await tell({ kind: 'error', sentence: String(error) });
  }
  process.exit();
}

function tell(message: WorkerMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send!(message, () => resolve());
    else resolve();
  });
}
