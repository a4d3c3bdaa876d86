import type { Augmentation, Precision } from '@mgmt/nn';
import type { ClipConfig } from './clipGradients.js';
import type { LossConfig } from './losses/loss.js';
import type { OptimizerConfig } from './optimizers/optimizerOf.js';
import type { ScheduleConfig } from './schedules.js';
import type { AverageConfig } from './weightAverage.js';

/**
 * How a model is trained: plain data that goes into a checkpoint as it is. A run goes on only under the config it was begun with.
 *
 * @example
 * const config: TrainingConfig = {
 *   epochs: 15,
 *   optimizer: { kind: 'adam', learningRate: 1e-4 },
 *   schedule: { kind: 'step', factor: 0.5, atEpochs: [10] },
 *   loss: { kind: 'binary-cross-entropy-with-logits' },
 * };
 */
export interface TrainingConfig {
  /** Times that every batch is seen, at least 1. */
  readonly epochs: number;
  readonly optimizer: OptimizerConfig;
  readonly schedule: ScheduleConfig;
  readonly loss: LossConfig;
  /**
   * In what the layers of `@mgmt/nn` compute while training, `float32` by default. `bfloat16` takes about half the time and memory of convolutions where the
   * processor has it; weights, gradients' sums and scoring stay float32.
   */
  readonly precision?: Precision;
  /**
   * How many inputs the device computes with at once; by default a whole batch. A larger batch goes through in parts of at most so many, as even as can be,
   * whose gradients add up to those of the mean loss over the whole batch: one step, in the memory of a part. Without batch norms it is the step that the
   * whole batch would make; a batch norm takes its statistics from each part, and its running ones move once a part.
   */
  readonly microBatch?: number;
  /** A bound on the gradients before the optimizer sees them; none by default. */
  readonly clip?: ClipConfig;
  /** A running mean of the weights beside them; none by default. */
  readonly average?: AverageConfig;
  /** Random changes of the training inputs, on the device; none by default. */
  readonly augmentation?: AugmentationConfig;
}

/** Random changes of training inputs, as data. */
export interface AugmentationConfig {
  readonly steps: readonly Augmentation[];
  /** Where the changes of a batch are drawn from, with its epoch and its number. All inputs of a case change alike. */
  readonly seed: number;
}
