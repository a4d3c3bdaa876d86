import type { LayersModel } from '@tensorflow/tfjs';
import type { BatchSource } from './batch.js';
import type { Position } from './checkpoint.js';
import type { EpochRecord } from './epochRecord.js';
import type { RunLock } from './lockRun.js';
import { openRunFolder } from './runFolder.js';
import { Trainer } from './trainer.js';
import type { TrainingConfig } from './trainingConfig.js';
import type { TrainingEvent } from './trainingEvent.js';
import { TrainingRun } from './trainingRun.js';

/** A number that says how good scores are; `evaluation`'s `rocAuc` is one. The ids let slices be gathered by patient. */
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
  /** Steps between checkpoints within an epoch. By default there is one at the end of each epoch only. */
  readonly checkpointEverySteps?: number;
  /** Asks the training to stop: it ends the step that runs, makes the state safe and returns. */
  readonly signal?: AbortSignal;
  /** Told of every step, epoch, checkpoint; called in between, so it should be quick. */
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
}

/**
 * Trains a model in place. With a folder the run survives: called again after whatever happened, it goes on from the newest whole checkpoint, and on
 * a CPU with a fixed thread count ends with the bits of a run that was never stopped (where layers draw no random numbers of their own).
 *
 * @param model - any model with one logit an input, its weights as they shall be at the start
 * @param data - the training batches, in an order that is a function of the epoch; `fit` frees them
 * @throws `MgmtError` `training/loss-not-finite` with epoch, step and ids; `training/config-changed` with the difference; `training/run-locked` with the
 * holder; `training/batch-count` where an epoch is not as long as the data said; what data and metrics throw
 * @example
 * const { history } = await fit(model, training, config, { folder: 'results/run-1', validation, metrics: { auc: rocAuc } });
 */
export async function fit(model: LayersModel, data: BatchSource, config: TrainingConfig, options: FitOptions = {}): Promise<FitResult> {
  const trainer = new Trainer(model, config);
  try {
    const fingerprint = { batchesPerEpoch: data.batchesPerEpoch, config, identity: options.identity, model: trainer.signature };
    const { folder: path, lock, onEvent = () => undefined, now = Date.now } = options;
    const folder = path === undefined ? undefined : await openRunFolder(path, { fingerprint, lock, onEvent, now });
    try {
      return await new TrainingRun({ ...options, model, data, config, trainer, fingerprint, folder, onEvent, now }).finish();
    } finally {
      await folder?.close();
    }
  } finally {
    trainer.dispose();
  }
}
