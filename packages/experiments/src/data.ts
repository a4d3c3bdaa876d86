import { createHash } from 'node:crypto';
import { freemem } from 'node:os';
import { join } from 'node:path';
import {
  type Case,
  type CaseFiles,
  type Cohort,
  openArrayCache,
  phantomConfig,
  type PhantomConfig,
  type PreparedCase,
  prepareArrays,
  readRsnaCohort,
  type SetAside,
  stratifiedSplit,
  threadsForMemory,
  writePhantomCohort,
} from '@mgmt/cohort';
import { hashText, stableJson } from '@mgmt/core';
import { casePipeline, resnet10Input } from '@mgmt/preprocess';
import type { RunData } from './executeRun.js';
import type { Progress } from './progress.js';
import type { PhantomSize, RunConfig } from './study.js';

/** A cohort with a sentence that says on what data a result was found. */
export interface Source {
  readonly cohort: Cohort;
  readonly description: string;
  readonly phantom?: PhantomConfig;
}

/** The user's cohort. A folder that `mgmt phantom` wrote is recognized and called a phantom. @throws `MgmtError` naming what is wrong with the folder */
export async function realSource(folder: string, exclude: readonly string[]): Promise<Source> {
  return sourceOf(await readRsnaCohort(folder, { exclude }));
}

const sourceOf = (cohort: Cohort): Source =>
  cohort.phantom
    ? { cohort, description: describePhantom(cohort.phantom), phantom: cohort.phantom }
    : { cohort, description: cohort.description };

/** The embedded phantom cohort of this size, written where it is not there yet. */
export async function phantomSource(
  size: PhantomSize,
  dial: { signal: number; seed: number },
  cache: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Source> {
  const config = phantomConfig({ ...size, ...dial });
  const folder = join(cache, 'phantom', (hashText(stableJson(config)) >>> 0).toString(16).padStart(8, '0'));
  progress.phase('phantom cohort', config.cases + config.testCases);
  await writePhantomCohort(folder, config, {
    onProgress({ done }) {
      signal.throwIfAborted();
      progress.at(done);
    },
  });
  return sourceOf(await readRsnaCohort(folder));
}

const describePhantom = ({ cases, signal, seed }: PhantomConfig) =>
  `a phantom cohort, not patients: ${cases} made-up heads, signal ${signal}, seed ${seed}`;

/** The arrays that a run's network takes, with the cases that could not be read. */
export async function prepareRunData(
  { cohort, description, phantom }: Source,
  config: Omit<RunConfig, 'seed'>,
  cache: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ data: RunData; setAside: readonly SetAside[] }> {
  const arrays = openArrayCache(join(cache, 'arrays'));
  const pipeline = casePipeline({ inputs: [[config.modality]], steps: resnet10Input(config.input), layout: { as: 'volume' } });
  const everyone = [...cohort.train, ...cohort.test];
  progress.phase('preprocessing', everyone.length);
  const { ready, setAside } = await prepareArrays(arrays, everyone, pipeline, {
    threads: everyone.length > FEW_CASES ? threadsForMemory(freemem()) : 0,
    signal,
    onProgress: ({ done }) => progress.at(done),
  });
  const byCase = new Map<CaseFiles, PreparedCase>(ready.map((prepared) => [prepared.case, prepared]));
  const present = (cases: readonly Case[]) => cases.flatMap((c) => byCase.get(c) ?? []);
  const split = stratifiedSplit(
    present(cohort.train).map((prepared) => prepared.case),
    { validationShare: config.validationShare, seed: config.splitSeed },
  );
  const [train, validation, test] = [present(split.train), present(split.validation), present(cohort.test)];
  return {
    data: {
      description,
      fingerprint: fingerprintOf([train, validation, test]),
      ...(phantom && { phantom: { ...phantom } }),
      train,
      validation,
      test,
    },
    setAside: [...cohort.setAside, ...setAside],
  };
}

/** Of ids, labels and voxels, so that the same data have it on every machine. */
function fingerprintOf(sets: readonly (readonly PreparedCase[])[]): string {
  const facts = sets.map((set) =>
    set.map((prepared) => [prepared.case.id, prepared.case.label, ...prepared.arrays.map(({ contentHash }) => contentHash)]),
  );
  return createHash('sha256').update(stableJson(facts)).digest('hex').slice(0, 32);
}

/** Of these, threads take longer to start than the work does. */
const FEW_CASES = 100;
