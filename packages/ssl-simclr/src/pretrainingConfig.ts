import { type Augmentation, simclrAugmentation } from '@mgmt/nn';
import type { TrainingConfig } from '@mgmt/training';
import type { ProjectionHeadConfig } from './projectionHead.js';

/** How an encoder is pretrained, a plain record. */
export interface PretrainingConfig {
  /** What makes two views of one image. */
  readonly augmentation: readonly Augmentation[];
  /** Images of a batch; each is seen beside the views of all others, so that it is the difficulty of the task too. */
  readonly batchSize: number;
  /**
   * Views that pass through the network at once, all of a batch by default: less memory for one more forward pass, and the same gradient. Not so with batch
   * norm, whose statistics are then those of the micro-batches.
   *
   * @remarks Gradient caching: Gao et al. 2021, arXiv:2101.06983. The `microBatch` of other trainings would be another loss here, of fewer pairs.
   */
  readonly microBatch?: number;
  readonly temperature: number;
  readonly projection: Omit<ProjectionHeadConfig, 'seed'>;
  /** Of the head's weights, the order of images and their views. */
  readonly seed: number | string;
  /** Epochs, optimizer, schedule: as of any training. */
  readonly training: Omit<TrainingConfig, 'loss' | 'microBatch' | 'augmentation'>;
}

/**
 * The paper's pretraining (Saeed et al. 2022, section 4.2). It names learning rate, momentum, batch size and kinds of augmentation; the rest is Chen et al.
 * 2020, arXiv:2002.05709, where that says something.
 */
export const pretrainingConfig: PretrainingConfig = {
  augmentation: simclrAugmentation,
  batchSize: 256, // 512 views of 128 x 128 through ResNet-18 take gigabytes: see microBatch
  temperature: 0.1,
  projection: { hidden: 512, units: 128 }, // as wide as ResNet-18's features
  seed: 0,
  training: {
    epochs: 100,
    optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 },
    schedule: { kind: 'cosine', epochs: 100 },
  },
};
