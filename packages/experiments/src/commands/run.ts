import { resolve } from 'node:path';
import { MgmtError } from '@mgmt/core';
import { selectBackend } from '@mgmt/nn';
import type { TrainingEvent } from '@mgmt/training';
import { phantomSource, prepareRunData, realSource } from '../data.js';
import { executeRun, runName, type RunData } from '../executeRun.js';
import type { ProfileName } from '../profiles.js';
import { consoleProgress, type Progress } from '../progress.js';
import { type Plan, writePlan } from '../records.js';
import { stopSignal } from '../stopSignal.js';
import { studiesNamed } from '../studies/index.js';
import type { Study } from '../study.js';
import { writeReport } from '../writeReport.js';

export interface RunOptions {
  readonly profile: ProfileName;
  readonly data?: string;
  readonly seeds?: number;
  readonly signal: number;
  readonly phantomSeed: number;
  readonly exclude?: readonly string[];
  readonly out: string;
  readonly cache: string;
}

/** `mgmt run`: data, runs, report. Stopped at any moment and given again, it goes on. */
export async function run(names: readonly string[], options: RunOptions): Promise<void> {
  const studies = studiesNamed(names);
  const progress = consoleProgress();
  const stop = stopSignal((line) => progress.say(line));
  progress.say(`mgmt: ${studies.map((study) => study.name).join(', ')}, profile ${options.profile}`);
  try {
    let setAside = 0;
    let failed = 0;
    for (const study of studies) {
      const outcome = await runStudy(study, options, progress, stop);
      setAside += outcome.setAside;
      failed += outcome.failed;
    }
    const page = await writeReport(options.out, studies);
    progress.end();
    console.log(`Report: ${resolve(page)}`);
    if (failed > 0 || setAside > 0) {
      console.error(`${failed} runs failed, ${setAside} cases were set aside; the page lists them with their reasons.`);
      process.exitCode = failed > 0 ? 1 : 2;
    }
  } catch (error) {
    progress.end();
    if (!stop.aborted) throw error;
    console.error('Stopped. Give the same command again, and it goes on from here.');
    process.exitCode = 130;
  }
}

async function runStudy(
  study: Study,
  options: RunOptions,
  progress: Progress,
  stop: AbortSignal,
): Promise<{ setAside: number; failed: number }> {
  const profile = study.profiles[options.profile];
  const source = options.data
    ? await realSource(options.data, options.exclude ?? [])
    : await phantomSource(profile.phantom, { signal: options.signal, seed: options.phantomSeed }, options.cache, progress, stop);
  progress.say(`data: ${source.description}`);
  const { data, setAside } = await prepareRunData(source, profile.run, options.cache, progress, stop);
  requireBothClasses(data, source.cohort.root);
  const backend = await selectBackend({ log: (line) => progress.say(line) });

  const seeds = Array.from({ length: options.seeds ?? profile.seeds }, (_, seed) => seed);
  const requests = seeds.map((seed) => ({
    study: study.name,
    profile: options.profile,
    config: { ...profile.run, seed },
    data,
    backend,
    folder: resolve(options.out, study.name),
    command: commandOf(study, { ...options, seeds: seed + 1 }),
    signal: stop,
  }));
  await writePlan(options.out, planOf(study, options, data, setAside, requests.map(runName), source.phantom?.signal));

  const steps = Math.ceil(data.train.length / profile.run.batchSize) * profile.run.training.epochs;
  progress.phase(`${study.name}, training`, steps * seeds.length);
  let failed = 0;
  for (const [index, request] of requests.entries()) {
    const onEvent = (event: TrainingEvent) => report(event, progress, index, steps, seeds.length);
    try {
      const done = await executeRun({ ...request, onEvent });
      if (!done) stop.throwIfAborted();
      progress.at((index + 1) * steps, `seed ${index + 1}/${seeds.length}`);
    } catch (error) {
      if (stop.aborted) throw error;
      failed++;
      progress.say(`run ${runName(request)} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { setAside: setAside.filter(({ reason }) => !reason.startsWith('cohort/excluded')).length, failed }; // who was excluded is no surprise
}

function report(event: TrainingEvent, progress: Progress, index: number, steps: number, seeds: number): void {
  switch (event.kind) {
    case 'step':
      return progress.at(index * steps + event.step, `seed ${index + 1}/${seeds}, epoch ${event.epoch}, loss ${event.loss.toFixed(3)}`);
    case 'checkpoint-damaged':
      return progress.say(`the checkpoint ${event.path} is damaged (${event.reason}); the one before it is used`);
    default:
      return undefined;
  }
}

/** A study needs two cases of each class on both sides, or there is no AUC and no interval. */
function requireBothClasses(data: RunData, where: string): void {
  for (const set of ['train', 'validation'] as const) {
    const counts = countsOf(data, set);
    if (Math.min(...counts) >= 2) continue;
    throw new MgmtError('there are too few usable cases to train and to judge', {
      code: 'experiments/too-few-cases',
      where,
      expected: `at least two cases of each class for ${set === 'train' ? 'training' : 'validation'}`,
      found: `${counts[0]} of class 0 and ${counts[1]} of class 1`,
      hint: 'about ten labeled and readable cases of each class are the least; "mgmt doctor --data" lists what was found',
    });
  }
}

const countsOf = (data: RunData, set: 'train' | 'validation'): [number, number] => [
  data[set].filter((prepared) => prepared.case.label === 0).length,
  data[set].filter((prepared) => prepared.case.label === 1).length,
];

function planOf(
  study: Study,
  options: RunOptions,
  data: RunData,
  setAside: Plan['cohort']['setAside'],
  runs: string[],
  signal?: number,
): Plan {
  return {
    study: study.name,
    profile: options.profile,
    runs,
    cohort: {
      description: data.description,
      counts: { training: countsOf(data, 'train'), validation: countsOf(data, 'validation'), test: data.test.length },
      setAside,
      ...(signal !== undefined && { signal }),
    },
    command: commandOf(study, options),
  };
}

/** The command that does this again. */
function commandOf(study: Study, { profile, data, seeds, signal, phantomSeed, exclude, out }: RunOptions): string {
  const flags = [
    `--profile ${profile}`,
    data ? `--data ${data}` : `--signal ${signal} --phantom-seed ${phantomSeed}`,
    seeds && `--seeds ${seeds}`,
    exclude && `--exclude ${exclude.join(',')}`,
    out !== 'results' && `--out ${out}`,
  ];
  return ['mgmt run', study.name, ...flags.filter(Boolean)].join(' ');
}
