import { sigmoidCrossEntropy } from '@mgmt/nn';
import { reshape, type Scalar, type Tensor, tidy } from '@tensorflow/tfjs';

/** A scalar that says how wrong the logits of a batch are: the mean over it, differentiable by the logits. */
export type Loss = (labels: Tensor, logits: Tensor) => Scalar;

/** A loss as data. */
export interface LossConfig {
  readonly kind: 'binary-cross-entropy-with-logits';
}

/** The loss that a config names. */
export function lossOf(config: LossConfig): Loss {
  switch (config.kind) {
    case 'binary-cross-entropy-with-logits':
      return binaryCrossEntropyWithLogits;
    default:
      return config.kind satisfies never;
  }
}

/**
 * Mean of `-log p` of the true class, where `p` is the logit's sigmoid. No logit overflows it.
 *
 * @param labels - `[b]` or the logits' shape, 0 or 1
 * @param logits - `[b, 1]`
 * @returns a scalar; ln 2 = 0.693 where every logit is 0
 */
export function binaryCrossEntropyWithLogits(labels: Tensor, logits: Tensor): Scalar {
  return tidy(() => sigmoidCrossEntropy(logits, reshape(labels, logits.shape)));
}
