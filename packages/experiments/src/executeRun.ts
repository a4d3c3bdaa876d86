import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PreparedCase } from '@mgmt/cohort';
import { loadPrepared } from '@mgmt/cohort';
import { hashText, isMgmtError, rng, stableJson } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { rocAuc } from '@mgmt/evaluation';
import type { BackendReport } from '@mgmt/nn';
import { arrayBatches, fit, lockRun, predict, type TrainingEvent } from '@mgmt/training';
import { buildModel, saveModel } from './buildModel.js';
import { type Prediction, readRun, type RunJson, writePredictions, writeRun } from './records.js';
import type { RunConfig } from './study.js';
import { VERSIONS } from './versions.js';

/** The cases of a run, as arrays on disk. */
export interface RunData {
  readonly description: string;
  /** Changes when any array does. */
  readonly fingerprint: string;
  readonly phantom?: Readonly<Record<string, unknown>>;
  readonly train: readonly PreparedCase[];
  readonly validation: readonly PreparedCase[];
  readonly test: readonly PreparedCase[];
}

/** A run that shall be done. */
export interface RunRequest {
  readonly study: string;
  readonly profile: string;
  readonly config: RunConfig;
  readonly data: RunData;
  readonly backend: BackendReport;
  /** The study's folder. */
  readonly folder: string;
  /** That runs this run alone again. */
  readonly command: string;
  readonly signal?: AbortSignal;
  /** Told of every step and epoch. */
  readonly onEvent?: (event: TrainingEvent) => void;
}

/** `quick-seed0-1a2b3c4d`: the last part is a hash of everything that decides the numbers, so another config or other data is another run. */
export function runName({ profile, config, data }: Pick<RunRequest, 'profile' | 'config'> & { data: { fingerprint: string } }): string {
  const hash = (hashText(stableJson({ config, data: data.fingerprint })) >>> 0).toString(16).padStart(8, '0');
  return `${profile}-seed${config.seed}-${hash}`;
}

/**
 * Does one run, or what is left of it, or nothing where it is done: trains, scores all cases, records.
 *
 * @returns true where the run is done; false where the signal stopped it, and the same request goes on from there
 * @throws what training throws; the record then says that the run failed, and why
 */
export async function executeRun(request: RunRequest): Promise<boolean> {
  const { config, data, backend, signal } = request;
  const run = runName(request);
  const folder = join(request.folder, run);
  if ((await readRun(folder))?.status === 'done') return true; // without a lock: a finished run may lie where nothing can be written

  const lock = await lockRun(folder);
  const before = await readRun(folder);
  if (before?.status === 'done') {
    await lock.release();
    return true; // another process has finished it meanwhile
  }
  const record: RunJson = {
    study: request.study,
    run,
    status: 'running',
    config: { ...config },
    data: { description: data.description, fingerprint: data.fingerprint, ...(data.phantom && { phantom: data.phantom }) },
    seed: config.seed,
    command: request.command,
    versions: VERSIONS,
    backend: { ...backend },
    startedAt: before?.startedAt ?? new Date().toISOString(),
  };
  try {
    await writeRun(folder, record);
    const model = buildModel(config.model, config.input, config.seed);
    try {
      const { stopped, history } = await fit(model, batches(data.train, config, true), config.training, {
        folder,
        lock,
        identity: { config, data: data.fingerprint, backend: backend.backend }, // no run changes its backend in silence
        validation: batches(data.validation, config),
        metrics: { auc: rocAuc },
        ...(signal && { signal }),
        ...(request.onEvent && { onEvent: request.onEvent }),
      });
      if (stopped) return false;
      const predictions: Prediction[] = [];
      for (const set of ['train', 'validation', 'test'] as const) {
        if (data[set].length === 0) continue;
        const { ids, logits, probabilities } = await predict(model, batches(data[set], config));
        ids.forEach((id, i) =>
          predictions.push({ set, id, label: data[set][i]!.case.label, logit: logits[i]!, probability: probabilities[i]! }),
        );
      }
      await writePredictions(folder, predictions);
      await writeFileAtomic(join(folder, 'model.safetensors'), saveModel(model));
      const seconds = history.reduce((sum, epoch) => sum + epoch.seconds, 0);
      await writeRun(folder, { ...record, status: 'done', finishedAt: new Date().toISOString(), seconds });
    } finally {
      model.dispose();
    }
    await rm(join(folder, 'checkpoints'), { recursive: true, force: true }); // the model is safe; its optimizer is not needed any more
    return true;
  } catch (error) {
    await writeRun(folder, { ...record, status: 'failed', error: isMgmtError(error) ? error.message : String(error) }).catch(
      () => undefined,
    );
    throw error;
  } finally {
    await lock.release();
  }
}

/** The arrays as batches: shuffled by seed and epoch for training, in order for scoring. */
function batches(cases: readonly PreparedCase[], { input, batchSize, seed }: RunConfig, shuffled = false) {
  return arrayBatches({
    load: (index) => loadPrepared(cases[index]!),
    ids: cases.map((prepared) => prepared.case.id),
    labels: cases.map((prepared) => prepared.case.label ?? 0), // test cases have none; predict does not look
    shape: [input.slices, input.rows, input.columns, 1],
    batchSize,
    ...(shuffled && { shuffle: rng(seed).child('batches') }),
  });
}
