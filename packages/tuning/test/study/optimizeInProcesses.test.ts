import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { workerModule } from '@mgmt/core/workers';
import { openStudy, optimizeInProcesses, type Study, type TrialRecord } from '../../src/index.js';
import { itWithOptuna, journalPath, readByOptuna, runByOptuna } from '../optuna.js';

const moduleOf = (name: string) => new URL(`modules/${name}.ts`, import.meta.url);
const processesOf = (trials: readonly TrialRecord[]) => new Set(trials.map(({ attributes }) => attributes['process']));
const countOf = (trials: readonly TrialRecord[], state: TrialRecord['state']) => trials.filter((trial) => trial.state === state).length;

async function until(study: Study, isReached: (trials: readonly TrialRecord[]) => boolean): Promise<void> {
  while (!isReached(await study.trials())) await setTimeout(50);
}

describe('optimizeInProcesses', () => {
  it('runs as many trials as are asked for, and no more, in 4 processes without loss', async () => {
    const path = journalPath();
    const told: number[] = [];
    process.env['TUNING_TEST_GATHER'] = `${path}.gather 4`;
    const study = await optimizeInProcesses({
      path,
      module: moduleOf('quadratic'),
      processes: 4,
      trials: 100,
      onTrial: ({ number }) => void told.push(number),
    });
    delete process.env['TUNING_TEST_GATHER'];
    const trials = await study.trials();
    expect(trials.map(({ number, state, value }) => [number, state, value])).toEqual(
      trials.map(({ params }, number) => [number, 'complete', ((params['x'] as number) - 2) ** 2]),
    );
    expect(trials).toHaveLength(100);
    expect(processesOf(trials).size).toBe(4);
    expect(told.sort((a, b) => a - b)).toEqual([...trials.keys()]);
  });

  it('fails the trial of a process that is killed, runs another in its place, and goes on by the same call', async () => {
    const path = journalPath();
    const task = { path, module: moduleOf('killed'), processes: 3 };
    const study = await optimizeInProcesses({ ...task, trials: 20 });
    const trials = await study.trials();
    expect(trials).toHaveLength(21);
    expect(trials[7]).toMatchObject({ state: 'failed', error: 'its process ended', params: { x: expect.any(Number) } });
    expect(countOf(trials, 'complete')).toBe(20);

    await optimizeInProcesses({ ...task, processes: 1, trials: 22 });
    expect(countOf(await study.trials(), 'complete')).toBe(22);
  });

  it('says when all processes are lost', async () => {
    const search = optimizeInProcesses({ path: journalPath(), module: moduleOf('allKilled'), processes: 1, trials: 5 });
    await expect(search).rejects.toMatchObject({ code: 'tuning/workers-lost', found: 'SIGKILL' });
  });

  it('stops at the first trial that fails, and says why', async () => {
    const path = journalPath();
    const search = optimizeInProcesses({ path, module: moduleOf('failing'), processes: 2, trials: 50 });
    await expect(search).rejects.toMatchObject({ code: 'tuning/worker-failed', found: 'RangeError: no third time' });
    const trials = await (await openStudy({ path })).trials();
    expect(trials[3]).toMatchObject({ state: 'failed', error: 'RangeError: no third time' });
    expect(trials.length).toBeLessThan(50);
  });

  it('says that a module has no objective', async () => {
    const search = optimizeInProcesses({
      path: journalPath(),
      module: new URL('../../src/trialPruned.ts', import.meta.url),
      processes: 1,
      trials: 1,
    });
    await expect(search).rejects.toMatchObject({ code: 'tuning/worker-failed', found: expect.stringContaining('tuning/no-objective') });
  });

  it('stops by a signal: the trials that run are kept as interrupted, and not counted', async () => {
    const path = journalPath();
    const stop = new AbortController();
    const study = await openStudy({ path });
    const search = optimizeInProcesses({ path, module: moduleOf('endless'), processes: 2, trials: 10, signal: stop.signal });
    await until(study, (trials) => trials.filter(({ intermediate }) => intermediate.length > 0).length === 2);
    stop.abort();
    await search;
    expect(await study.trials()).toMatchObject([
      { state: 'failed', error: 'the search was stopped' },
      { state: 'failed', error: 'the search was stopped' },
    ]);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('leaves no process and no running trial behind where its own process gets %s', async (name) => {
    const path = journalPath();
    const { execArgv, env } = workerModule(import.meta.url, './modules/searchEndless');
    const child = spawn(process.execPath, [...execArgv!, fileURLToPath(moduleOf('searchEndless')), path], {
      env,
      stdio: 'inherit',
      detached: true,
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const study = await openStudy({ path });
    await until(study, (trials) => trials.filter(({ intermediate }) => intermediate.length > 0).length === 1);
    process.kill(name === 'SIGINT' ? -child.pid! : child.pid!, name); // Ctrl-C reaches the whole group
    await ended;
    await until(study, (trials) => countOf(trials, 'running') === 0);
    expect(countOf(await study.trials(), 'failed')).toBe(1);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  itWithOptuna('shares a journal with two of Optuna at work on it, by either of its locks (needs python3 with optuna)', async () => {
    const path = journalPath();
    await openStudy({ path });
    const ours = optimizeInProcesses({ path, module: moduleOf('quadratic'), processes: 1, trials: 60 });
    await Promise.all([ours, runByOptuna(path, 'study', 12, 'symlink'), runByOptuna(path, 'study', 12, 'open')]);
    const trials = await (await ours).trials();
    expect(countOf(trials, 'complete')).toBe(trials.length);
    expect(trials.filter(({ attributes }) => attributes['process'] === undefined)).toHaveLength(24);
    expect(readByOptuna(path, 'study').trials).toEqual(trials);
  });
});
