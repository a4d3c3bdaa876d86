import { sgdKernel, sumOfSquares } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { type DecayedWeights, isDecayed } from './decayedWeights.js';
import type { Optimizer } from './optimizer.js';
import { type SgdState, sgdState } from './sgd.js';

/** Options of {@link lars}. */
export interface LarsOptions {
  readonly learningRate: number;
  /** What stays of the velocity at each step, 0.9 by default. */
  readonly momentum?: number;
  /** L2 penalty: so many times the weight is added to its gradient. 0 by default; the paper's is 5e-4, SimCLR's 1e-6. */
  readonly weightDecay?: number;
  /** How far a layer may be moved in one step, as a part of its norm at learning rate 1: the paper's eta, 0.001 by default. */
  readonly trust?: number;
  /** Added to the gradient's norm, so that a vanishing one moves nothing far. 1e-8 by default; the paper has none. */
  readonly epsilon?: number;
  /** Which weights are decayed and scaled by their norms: by default `matrices`, as in SimCLR; the others take plain steps. The paper scales `all`. */
  readonly decay?: DecayedWeights;
}

/** What LARS remembers: the velocities, and which weights it scales. */
export interface LarsState extends SgdState {
  readonly weights: readonly tf.Variable[];
}

/**
 * Gradient descent whose every layer has a rate of its own, by the ratio of its weights' norm to their gradient's.
 *
 * ```text
 * rate = trust |w| / (|gradient| + weightDecay |w| + epsilon)      1 where a norm is 0, and for weights that are not scaled
 * v = momentum v + learningRate rate (gradient + weightDecay w)
 * w = w - v
 * ```
 *
 * The learning rate is part of the velocity, as in the paper, other than in {@link sgd}.
 *
 * @remarks You, Gitman & Ginsburg 2017, arXiv:1708.03888, algorithm 1.
 * @example
 * const optimizer = lars({ learningRate: 0.3, weightDecay: 1e-6 });
 */
export function lars(options: LarsOptions): Optimizer<LarsState> {
  const { learningRate, momentum = 0.9, weightDecay = 0, trust = 0.001, epsilon = 1e-8, decay = 'matrices' } = options;

  /** `learningRate rate (gradient + weightDecay w)` */
  const scaled = (gradient: tf.Tensor, weight: tf.Variable, learningRate: number): tf.Tensor =>
    tf.tidy(() => {
      if (!isDecayed(weight, decay)) return tf.mul(gradient, learningRate);
      const [w, g] = [tf.sqrt(sumOfSquares(weight)), tf.sqrt(sumOfSquares(gradient))];
      const rate = tf.div(tf.mul(w, trust), tf.add(tf.add(g, tf.mul(w, weightDecay)), epsilon));
      const isMeasured = tf.logicalAnd(tf.greater(w, 0), tf.greater(g, 0));
      const decayed = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
      return tf.mul(decayed, tf.mul(tf.where(isMeasured, rate, 1), learningRate));
    });

  return {
    learningRate,
    init: (weights) => ({ ...sgdState(sgdKernel(weights, { momentum, nesterov: false, weightDecay: 0 })), weights }),
    update(gradients, state, rate) {
      state.steps += 1;
      tf.tidy(() => {
        const steps = gradients.map((gradient, i) => scaled(gradient, state.weights[i]!, rate));
        state.kernel.update(steps, { learningRate: 1 });
      });
    },
  };
}
