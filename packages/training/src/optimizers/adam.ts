import * as tf from '@tensorflow/tfjs';
import type { Optimizer } from './optimizer.js';

/** Options of {@link adam}. */
export interface AdamOptions {
  /** 1e-4 in most of the paper's recipes. */
  readonly learningRate: number;
  /** Decay of the mean of gradients, 0.9 by default. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, 0.999 by default. */
  readonly beta2?: number;
  /** Added to the root of that mean, 1e-8 by default as in PyTorch (TensorFlow.js has 1e-7). */
  readonly epsilon?: number;
  /** L2 penalty: so many times the weight is added to its gradient. 0 by default. For decay apart from the gradient take AdamW. */
  readonly weightDecay?: number;
}

/**
 * Adam with L2 in the gradient, as PyTorch's `torch.optim.Adam` computes it.
 *
 * ```text
 * g = gradient + weightDecay w
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g²
 * w = w - learningRate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
 * ```
 *
 * @remarks Kingma & Ba 2015, arXiv:1412.6980, algorithm 1.
 * @example
 * const optimizer = adam({ learningRate: 1e-4, weightDecay: 0.01 });
 */
export function adam(options: AdamOptions): Optimizer {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  const zeros = (weights: readonly tf.Variable[]) => weights.map((weight) => tf.tidy(() => tf.variable(tf.zerosLike(weight), false)));
  return {
    learningRate,
    init: (weights) => ({ steps: 0, slots: { m: zeros(weights), v: zeros(weights) } }),
    update(weights, gradients, state, rate) {
      const { m: means, v: squares } = state.slots;
      const t = ++state.steps;
      const stepSize = rate / (1 - beta1 ** t);
      const root = Math.sqrt(1 - beta2 ** t);
      weights.forEach((weight, i) => {
        const [gradient, m, v] = [gradients[i], means![i]!, squares![i]!];
        if (!gradient) return;
        tf.tidy(() => {
          const g = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
          m.assign(tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1)));
          v.assign(tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2)));
          const change = tf.div(tf.mul(m, stepSize), tf.add(tf.div(tf.sqrt(v), root), epsilon));
          weight.assign(tf.sub(weight, change));
        });
      });
    },
  };
}
