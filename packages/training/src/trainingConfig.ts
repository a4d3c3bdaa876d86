import type { Precision } from '@mgmt/nn';
import type { LossConfig } from './losses.js';
import { adam, type AdamOptions } from './optimizers/adam.js';
import type { Optimizer } from './optimizers/optimizer.js';
import type { ScheduleConfig } from './schedules.js';

/** An optimizer as data. */
export type OptimizerConfig = { readonly kind: 'adam' } & AdamOptions;

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
}

/** The optimizer that a config names. */
export function optimizerOf(config: OptimizerConfig): Optimizer {
  switch (config.kind) {
    case 'adam':
      return adam(config);
    default:
      return config.kind satisfies never;
  }
}
