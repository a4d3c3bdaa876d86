import { MgmtError } from '@mgmt/core';
import { type SgdKernel, sgdKernel } from '@mgmt/nn';
import type { Optimizer, OptimizerState } from './optimizer.js';

/** Options of {@link sgd}. */
export interface SgdOptions {
  readonly learningRate: number;
  /** What stays of the velocity at each step, 0 by default: no velocity. 0.9 in SimCLR's pretraining. */
  readonly momentum?: number;
  /** How much less than a whole gradient enters the velocity from the second step on, 0 by default. */
  readonly dampening?: number;
  /** Whether a step looks ahead of its velocity; takes momentum and no dampening. */
  readonly nesterov?: boolean;
  /** L2 penalty: so many times the weight is added to its gradient. 0 by default. */
  readonly weightDecay?: number;
}

/** What gradient descent remembers: the velocities, where it has momentum. */
export interface SgdState extends OptimizerState {
  readonly kernel: SgdKernel;
}

/**
 * Stochastic gradient descent with momentum, as PyTorch's `torch.optim.SGD` computes it: the learning rate is no part of the velocity.
 *
 * ```text
 * g = gradient + weightDecay w
 * v = momentum v + (1 - dampening) g        the first: v = g
 * w = w - learningRate v                    nesterov: w - learningRate (g + momentum v)
 * ```
 *
 * @throws `MgmtError` `training/bad-optimizer` for Nesterov's step without momentum or with dampening
 * @example
 * const optimizer = sgd({ learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 });
 */
export function sgd(options: SgdOptions): Optimizer<SgdState> {
  const { learningRate, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } = options;
  if (nesterov && (momentum <= 0 || dampening !== 0)) {
    throw new MgmtError("Nesterov's step is defined by a momentum alone", {
      code: 'training/bad-optimizer',
      expected: 'a momentum above 0 and a dampening of 0',
      found: `momentum ${momentum}, dampening ${dampening}`,
    });
  }
  return {
    learningRate,
    init: (weights) => sgdState(sgdKernel(weights, { momentum, nesterov, weightDecay })),
    update(gradients, state, rate) {
      state.steps += 1;
      const gradientScale = momentum === 0 || state.steps === 1 ? 1 : 1 - dampening;
      state.kernel.update(gradients, { learningRate: rate, gradientScale });
    },
  };
}

/** A state whose memory lies in a kernel; no step is done. */
export function sgdState(kernel: SgdKernel): SgdState {
  return {
    steps: 0,
    kernel,
    read(): Record<string, readonly Float32Array[]> {
      const velocities = kernel.readVelocities();
      return velocities.length === 0 ? {} : { v: velocities };
    },
    restore: ({ v = [] }) => kernel.restoreVelocities(v),
    dispose: () => kernel.dispose(),
  };
}
