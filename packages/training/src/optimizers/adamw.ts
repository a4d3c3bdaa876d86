import { adamKernel } from '@mgmt/nn';
import { type AdamOptions, type AdamState, adamState } from './adam.js';
import { type DecayedWeights, isDecayed } from './decayedWeights.js';
import type { Optimizer } from './optimizer.js';

/** Options of {@link adamw}. */
export interface AdamWOptions extends Omit<AdamOptions, 'weightDecay'> {
  /** At each step a weight loses so much of itself, times the learning rate. 0.01 by default, PyTorch's. */
  readonly weightDecay?: number;
  /** Which weights lose it: all by default, as in PyTorch. */
  readonly decay?: DecayedWeights;
}

/** What AdamW remembers: Adam's means, and the decay of each weight. */
export interface AdamWState extends AdamState {
  readonly decays: readonly number[];
}

/**
 * Adam with decoupled decay, as PyTorch's `torch.optim.AdamW` computes it: the decay does not pass through the means.
 *
 * ```text
 * w = w - learningRate weightDecay w
 * then Adam's step by the gradient alone
 * ```
 *
 * @remarks Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2.
 * @example
 * const optimizer = adamw({ learningRate: 1e-4, weightDecay: 0.01, decay: 'matrices' });
 */
export function adamw(options: AdamWOptions): Optimizer<AdamWState> {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01, decay = 'all' } = options;
  return {
    learningRate,
    init: (weights) => ({
      ...adamState(adamKernel(weights)),
      decays: weights.map((weight) => (isDecayed(weight, decay) ? weightDecay : 0)),
    }),
    update(gradients, state, rate) {
      state.steps += 1;
      const decoupledDecay = state.decays.map((weightDecay) => rate * weightDecay);
      state.kernel.update(gradients, { learningRate: rate, beta1, beta2, epsilon, weightDecay: 0, decoupledDecay, step: state.steps });
    },
  };
}
