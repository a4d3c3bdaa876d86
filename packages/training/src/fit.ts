import { MgmtError } from '@mgmt/core';
import type { LayersModel } from '@tensorflow/tfjs';
import type { BatchSource } from './batch.js';
import type { Position } from './checkpoint.js';
import type { EpochRecord } from './epochRecord.js';
import { bestEpoch, type KeptCheckpoints } from './keptCheckpoints.js';
import type { RunLock } from './lockRun.js';
import { openRunFolder } from './runFolder.js';
import { Trainer } from './trainer.js';
import type { TrainingConfig } from './trainingConfig.js';
import type { TrainingEvent } from './trainingEvent.js';
import { TrainingRun } from './trainingRun.js';

/**
 * A number that says how good scores are; `evaluation`'s `rocAuc` is one. For a network with a logit a class, labels are classes from 0 on, and
 * probabilities `[n, classes]` in C order.
 */
export type Metric = (labels: ArrayLike<0 | 1>, probabilities: ArrayLike<number>, ids: readonly string[]) => number;

/** Options of {@link fit}: everything that does not change what is learned. */
export interface FitOptions {
  /** Where the run is kept: checkpoints, `metrics.jsonl`, TensorBoard's events. Without it nothing is written, and nothing can go on. */
  readonly folder?: string;
  /** The lock on the folder, where the caller holds it already; else it is taken for the time of the call. */
  readonly lock?: RunLock;
  /** What else must be as it was when a run goes on, as plain data: the model's config, the data's fingerprint, the seed, the backend. */
  readonly identity?: unknown;
  /** Scored after every epoch. */
  readonly validation?: BatchSource;
  /** Computed from the validation's scores, by the names that the records get. */
  readonly metrics?: Readonly<Record<string, Metric>>;
  /** The patient of an id: metrics are then computed from patients, whose probabilities are the means of their slices'. The loss stays that of slices. */
  readonly patientOf?: (id: string) => string;
  /** Seconds after which there is a checkpoint within an epoch too, 600 by default: no more work than that is ever lost. */
  readonly checkpointEverySeconds?: number;
  /** The same in steps; by default there is none for their sake. */
  readonly checkpointEverySteps?: number;
  /** Which checkpoints stay, the last two by default. With `best` the result names the best epoch. */
  readonly keep?: KeptCheckpoints;
  /** Asks the training to stop: it ends the step that runs, makes the state safe and returns. */
  readonly signal?: AbortSignal;
  /**
   * Told of every step, epoch, checkpoint; called in between, so it should be quick. What it throws ends the run as the signal does, with everything saved,
   * and then comes out of `fit`: called again, the run goes on.
   */
  readonly onEvent?: (event: TrainingEvent) => void;
  /** Milliseconds since 1970, for durations and event files; `Date.now` by default. */
  readonly now?: () => number;
}

/** How a training ended; the model has the weights of its last step. */
export interface FitResult {
  /** A record of every epoch done, those before a resume included. */
  readonly history: readonly EpochRecord[];
  /** True where the signal ended it before the last epoch was done. */
  readonly stopped: boolean;
  readonly position: Position;
  /** Updates of the weights over the whole run. */
  readonly steps: number;
  /** The best epoch by `keep.best`, chosen on the data that it is judged by, hence optimistic; absent where none was asked for or no epoch has a number. */
  readonly best?: BestEpoch;
}

/** The epoch with the highest or lowest value of a metric. */
export interface BestEpoch {
  readonly record: EpochRecord;
  /** Its checkpoint, for `loadCheckpointWeights`; absent without a folder. */
  readonly path?: string;
}

/**
 * Trains a model in place. With a folder the run survives: called again after whatever happened, it goes on from the newest whole checkpoint, and on
 * a CPU with a fixed thread count ends with the bits of a run that was never stopped, dropout of `@mgmt/nn` included. Where data, metrics, `onEvent` or the
 * disk fail, what was learned is saved first.
 *
 * @param model - any model with logits for its output, its weights as they shall be at the start
 * @param data - the training batches, in an order that is a function of the epoch; `fit` frees them
 * @throws `MgmtError` `training/loss-not-finite` with epoch, step and ids; `training/config-changed` with the difference; `training/run-locked` with the
 * holder; `training/out-of-memory` with the number of inputs that fit; `training/batch-count` where an epoch is not as long as the data said;
 * `training/unknown-metric`; `core/cannot-write` with the system's reason; what data, metrics and `onEvent` throw
 * @example
 * const { history } = await fit(model, training, config, { folder: 'results/run-1', validation, metrics: { auc: rocAuc } });
 */
export async function fit(model: LayersModel, data: BatchSource, config: TrainingConfig, options: FitOptions = {}): Promise<FitResult> {
  requireKnownMetric(options, config);
  const { folder: path, lock, keep = {}, now = Date.now } = options;
  const callback = new AbortController(); // aborted with what the callback throws
  const tell = async (event: TrainingEvent) => options.onEvent?.(event); // an async callback that rejects has thrown, too
  const onEvent = (event: TrainingEvent) => void tell(event).catch((error: unknown) => callback.abort(error));
  const signal = AbortSignal.any([callback.signal, ...(options.signal ? [options.signal] : [])]);
  const trainer = new Trainer(model, config);
  try {
    const fingerprint = { batchesPerEpoch: data.batchesPerEpoch, config, identity: options.identity, model: trainer.signature };
    const folder = path === undefined ? undefined : await openRunFolder(path, { fingerprint, lock, keep, onEvent, now });
    try {
      const result = await new TrainingRun({
        ...options,
        model,
        data,
        config,
        trainer,
        fingerprint,
        folder,
        signal,
        onEvent,
        now,
      }).finish();
      callback.signal.throwIfAborted();
      const record = keep.best && bestEpoch(result.history, keep.best);
      const checkpoint = record && (await folder?.checkpointAfter(record.epoch));
      return { ...result, ...(record && { best: { record, ...(checkpoint && { path: checkpoint }) } }) };
    } finally {
      await folder?.close();
    }
  } finally {
    trainer.dispose();
  }
}

function requireKnownMetric({ keep, metrics = {}, validation }: FitOptions, config: TrainingConfig): void {
  if (!keep?.best) return;
  const scored = validation ? ['validationLoss', ...Object.keys(metrics)] : [];
  const known = ['trainLoss', ...scored, ...(config.average ? scored.map((name) => `average/${name}`) : [])];
  if (known.includes(keep.best.metric)) return;
  throw new MgmtError('the best epoch shall be chosen by a number that no epoch has', {
    code: 'training/unknown-metric',
    where: 'keep.best.metric',
    expected: known.join(', '),
    found: keep.best.metric,
    hint: validation ? 'add it to the metrics' : 'give validation data: metrics are computed on them',
  });
}
