import { resolve } from 'node:path';
import { MgmtError } from '@mgmt/core';
import { type BackendReport, selectBackend } from '@mgmt/nn';
import type { TrainingEvent } from '@mgmt/training';
import { contradicting } from '../contradicting.js';
import { phantomSource, prepareRunData, realSource } from '../data.js';
import { executeRun, runName, type RunData } from '../executeRun.js';
import type { ProfileName } from '../profiles.js';
import { longCommand } from '../longCommand.js';
import { recordedLook } from '../lookAtCohort.js';
import type { Progress } from '../progress.js';
import { type Plan, writePlan } from '../records.js';
import { requireWritable } from '../requireWritable.js';
import { STUDIES, studiesNamed } from '../studies/index.js';
import type { Study } from '../study.js';
import { writeReport } from '../writeReport.js';

export interface RunOptions {
  readonly profile: ProfileName;
  readonly data?: string;
  readonly seeds?: number;
  readonly seed?: number;
  readonly signal?: number;
  readonly phantomSeed?: number;
  readonly leaveOut?: readonly string[];
  readonly out: string;
  readonly cache: string;
}

/** `mgmt run`: data, runs, report. Stopped at any moment and given again, it goes on. */
export async function run(names: readonly string[], options: RunOptions): Promise<void> {
  const studies = studiesNamed(names);
  refuseContradictions(options);
  await longCommand(async (progress, stop) => {
    progress.say(`mgmt: ${studies.map((study) => study.name).join(', ')}, profile ${options.profile}`);
    await requireWritable(options.out); // before the slow work, like the backend
    const backend = await selectBackend({ log: (line) => progress.say(line) });
    let setAside = 0;
    let failed = 0;
    for (const study of studies) {
      const outcome = await runStudy(study, options, backend, progress, stop);
      setAside += outcome.setAside;
      failed += outcome.failed;
    }
    const page = await writeReport(options.out, STUDIES);
    progress.end();
    console.log(`Report: ${resolve(page)}`);
    if (failed > 0 || setAside > 0) {
      console.error(`Runs that failed: ${failed}. Cases that were set aside: ${setAside}. The page lists them with their reasons.`);
      process.exitCode = failed > 0 ? 1 : 2;
    }
  });
}

async function runStudy(
  study: Study,
  options: RunOptions,
  backend: BackendReport,
  progress: Progress,
  stop: AbortSignal,
): Promise<{ setAside: number; failed: number }> {
  const profile = study.profiles[options.profile];
  const source = options.data
    ? await realSource(options.data, options.leaveOut ?? [])
    : await phantomSource(profile.phantom, { signal: options.signal ?? 0, seed: options.phantomSeed ?? 0 }, options.cache, progress, stop);
  progress.say(`data: ${source.description}`);
  const look = await recordedLook(source.cohort, options.cache, progress, stop);
  if (look.counts.withFindings > 0) {
    progress.say(`something is wrong with ${look.counts.withFindings} of ${look.counts.cases} cases: "mgmt validate" and the page list it`);
  }
  const { data, setAside } = await prepareRunData(source, profile.run, options.cache, progress, stop);
  requireBothClasses(data, source.cohort.root);

  const seeds = options.seed ? [options.seed] : Array.from({ length: options.seeds ?? profile.seeds }, (_, i) => i + 1);
  const requests = seeds.map((seed) => ({
    study: study.name,
    profile: options.profile,
    config: { ...profile.run, seed },
    data,
    backend,
    folder: resolve(options.out, study.name),
    command: commandOf(study, { ...options, seed }),
    signal: stop,
  }));
  const found = { setAside, look, ...(source.phantom && { signal: source.phantom.signal }) };
  await writePlan(options.out, planOf(study, options, data, found, requests.map(runName)));

  const steps = Math.ceil(data.train.length / profile.run.batchSize) * profile.run.training.epochs;
  progress.phase(`${study.name}, training`, steps * seeds.length);
  let failed = 0;
  for (const [index, request] of requests.entries()) {
    const name = `seed ${request.config.seed}`;
    const onEvent = (event: TrainingEvent) => report(event, progress, index * steps, name);
    try {
      const done = await executeRun({ ...request, onEvent });
      if (!done) stop.throwIfAborted();
      progress.at((index + 1) * steps, `${name} done`);
    } catch (error) {
      if (error === stop.reason) throw error;
      failed++;
      progress.say(`run ${runName(request)} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { setAside: setAside.filter(({ reason }) => !reason.startsWith('cohort/excluded')).length, failed }; // who was excluded is no surprise
}

function report(event: TrainingEvent, progress: Progress, stepsBefore: number, name: string): void {
  switch (event.kind) {
    case 'step':
      return progress.at(stepsBefore + event.step, `${name}, epoch ${event.epoch}, loss ${event.loss.toFixed(3)}`);
    case 'resumed':
      return progress.say(`${name} goes on after epoch ${event.position.epoch}, batch ${event.position.batch}`);
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
      hint: 'about ten labeled and readable cases of each class are the least; "mgmt validate --data" lists what is wrong with the others',
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
  found: Pick<Plan['cohort'], 'setAside' | 'look' | 'signal'>,
  runs: string[],
): Plan {
  return {
    study: study.name,
    profile: options.profile,
    runs,
    cohort: {
      description: data.description,
      counts: { training: countsOf(data, 'train'), validation: countsOf(data, 'validation'), test: data.test.length },
      ...found,
    },
    command: commandOf(study, options),
  };
}

/** What serves the phantom alone does not go with data of one's own, and the other way round. */
function refuseContradictions({ data, signal, phantomSeed, leaveOut, seed, seeds }: RunOptions): void {
  if (data !== undefined && (signal !== undefined || phantomSeed !== undefined)) {
    throw contradicting('--data with --signal or --phantom-seed', 'those two are dials of the embedded phantom; leave them or --data out');
  }
  if (data === undefined && leaveOut) throw contradicting('--leave-out without --data', 'name the data set that has these cases');
  if (seed !== undefined && seeds !== undefined) {
    throw contradicting('--seed with --seeds', '--seed trains with one seed, --seeds with the first so many');
  }
}

/** The command that does this again, for a shell. */
function commandOf(study: Study, { profile, data, seed, seeds, signal = 0, phantomSeed = 0, leaveOut, out, cache }: RunOptions): string {
  const flags = [
    `--profile ${profile}`,
    data ? `--data ${quoted(data)}` : `--signal ${signal} --phantom-seed ${phantomSeed}`,
    seed ? `--seed ${seed}` : seeds && `--seeds ${seeds}`,
    leaveOut && `--leave-out ${leaveOut.join(',')}`,
    out !== 'results' && `--out ${quoted(out)}`,
    cache !== '.cache' && `--cache ${quoted(cache)}`,
  ];
  return ['mgmt run', study.name, ...flags.filter(Boolean)].join(' ');
}

const quoted = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
