import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { binaryCrossEntropyWithLogits, type BinaryCrossEntropyOptions } from './binaryCrossEntropy.js';
import { type CategoricalCrossEntropyOptions, categoricalCrossEntropyWithLogits, sumOfClassWeights } from './categoricalCrossEntropy.js';

/** How wrong the logits of a batch are. */
export interface Loss {
  /** The mean over the batch, differentiable by the logits. */
  mean(labels: Tensor, logits: Tensor): Scalar;
  /** What that mean divides by: as much a batch counts in the mean over several. The number of inputs, but for weighted classes. */
  weight(labels: Tensor): Promise<number>;
}

/** A loss as data. */
export type LossConfig =
  | ({ readonly kind: 'binary-cross-entropy-with-logits' } & BinaryCrossEntropyOptions)
  | ({ readonly kind: 'categorical-cross-entropy-with-logits' } & CategoricalCrossEntropyOptions);

/** The loss that a config names. */
export function lossOf(config: LossConfig): Loss {
  switch (config.kind) {
    case 'binary-cross-entropy-with-logits':
      return { mean: (labels, logits) => binaryCrossEntropyWithLogits(labels, logits, config), weight: inputs };
    case 'categorical-cross-entropy-with-logits':
      return {
        mean: (labels, logits) => categoricalCrossEntropyWithLogits(labels, logits, config),
        weight: (labels) => sumOfClassWeights(labels, config.classWeights),
      };
    default:
      return config satisfies never;
  }
}

const inputs = (labels: Tensor) => Promise.resolve(labels.shape[0]!);
