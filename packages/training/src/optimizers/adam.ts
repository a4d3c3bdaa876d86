import { type AdamKernel, adamKernel } from '@mgmt/nn';
import type { Optimizer, OptimizerState } from './optimizer.js';

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
  /** L2 penalty: so many times the weight is added to its gradient. 0 by default. {@link adamw} has the decay that goes past the gradient. */
  readonly weightDecay?: number;
}

/** What Adam remembers: the means `m` of gradients and `v` of their squares. */
export interface AdamState extends OptimizerState {
  readonly kernel: AdamKernel;
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
 * const state = optimizer.init(trainableVariables(model));
 * optimizer.update(gradients, state, optimizer.learningRate);
 */
export function adam(options: AdamOptions): Optimizer<AdamState> {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  return {
    learningRate,
    init: (weights) => adamState(adamKernel(weights)),
    update(gradients, state, rate) {
      state.steps += 1;
      state.kernel.update(gradients, { learningRate: rate, beta1, beta2, epsilon, weightDecay, step: state.steps });
    },
  };
}

/** A state whose memory lies in a kernel; no step is done. */
export function adamState(kernel: AdamKernel): AdamState {
  return {
    steps: 0,
    kernel,
    read() {
      const { first, second } = kernel.readMoments();
      return { m: first, v: second };
    },
    restore: ({ m, v }) => kernel.restoreMoments({ first: m!, second: v! }),
    dispose: () => kernel.dispose(),
  };
}
