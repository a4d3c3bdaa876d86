import { performance } from 'node:perf_hooks';
import { MgmtError } from '@mgmt/core';
import { openStudy, type StudyOptions } from './openStudy.js';
import type { OptimizeOptions } from './optimize.js';
import type { Study } from './study.js';
import type { WorkerTask } from './workerMessages.js';
import { runWorker, type WorkerEnd } from './workerRun.js';

/** Which study, whose objective, and by how many processes. */
export interface ProcessOptions extends OptimizeOptions, Pick<StudyOptions, 'name' | 'direction' | 'seed'> {
  /** Of the journal that the processes share. */
  readonly path: string;
  /** Of a module that exports `objective`, and `sampler` and `pruner` where they are not the defaults: functions cannot be sent. */
  readonly module: URL;
  readonly processes: number;
}

/**
 * Runs the trials of a study in processes of their own: threads could not share a GPU, and what crashes takes one trial with it. The processes know of
 * each other by the journal alone, in which others, on other machines or of Optuna, may take part.
 *
 * Where a process ends before its trial, the trial is kept as failed, and those that are left run another in its place. On `signal` the processes are
 * told, as they are where this one ends; a terminal's Ctrl-C reaches them by itself.
 *
 * @returns the study, to look at
 * @throws `MgmtError` `tuning/worker-failed` with the error of the first trial that fails (unless `catchErrors`) or of a module without an objective,
 * `tuning/workers-lost` where no process is left and trials are missing; and what `openStudy` throws
 * @example
 * const module = new URL('./objective.js', import.meta.url);
 * const study = await optimizeInProcesses({ path: 'search.log', module, processes: 4, trials: 100 });
 */
export async function optimizeInProcesses({ module, processes, signal, onTrial, timeoutMs, ...rest }: ProcessOptions): Promise<Study> {
  const study = await openStudy(rest);
  const deadline = performance.now() + (timeoutMs ?? Infinity);
  for (let ends: readonly WorkerEnd[] = []; ;) {
    const missing = (rest.trials ?? Infinity) - (await study.sweep());
    const leftMs = deadline - performance.now();
    if (missing <= 0 || leftMs <= 0 || signal?.aborted) return study;
    const lost = ends.filter((end) => end.kind === 'lost');
    if (ends.length > 0 && lost.length === 0) return study;
    if (ends.length > 0 && lost.length === ends.length) throw workersLost(rest.path, lost[0]!.sentence);
    const task = { ...rest, module: module.href, ...(timeoutMs !== undefined && { timeoutMs: leftMs }) };
    ends = await runCrew(study, task, Math.min(processes, missing), signal, onTrial); // once more where the last that was lost had a trial
  }
}

/** Runs processes until all have ended. The first that fails stops the others. */
async function runCrew(
  study: Study,
  task: WorkerTask,
  processes: number,
  signal: AbortSignal | undefined,
  onTrial: OptimizeOptions['onTrial'],
): Promise<readonly WorkerEnd[]> {
  const failing = new AbortController();
  const stop = AbortSignal.any([failing.signal, ...(signal ? [signal] : [])]);
  let telling = Promise.resolve();
  const tell = (number: number) => {
    telling = telling.then(async () => onTrial?.((await study.trials())[number]!));
    telling.catch(() => failing.abort());
  };
  const ends = await Promise.all(
    Array.from({ length: processes }, async () => {
      const end = await runWorker(task, stop, tell);
      if (end.kind === 'error') failing.abort();
      return end;
    }),
  );
  await telling;
  const failed = ends.find((end) => end.kind === 'error');
  if (!failed) return ends;
  throw new MgmtError('a process of the search ended by an error', {
    code: 'tuning/worker-failed',
    where: task.path,
    found: failed.sentence,
  });
}

function workersLost(path: string, reason: string): MgmtError {
  return new MgmtError('all processes of the search ended before their trials', {
    code: 'tuning/workers-lost',
    where: path,
    found: reason,
    hint: 'SIGKILL and no word is often memory: use fewer processes. What is done stands in the journal; the same call goes on',
  });
}
