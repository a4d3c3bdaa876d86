import type * as tf from '@tensorflow/tfjs';
import { rawOps } from '../backend/rawOps.js';
import { composedSgd } from './composedSgd.js';
import { fusedSgd } from './fusedSgd.js';

/** The numbers of stochastic gradient descent, as PyTorch's `torch.optim.SGD` names and uses them. */
export interface SgdSettings {
  /** What stays of the velocity at each step; with 0 there is no velocity. */
  readonly momentum: number;
  /** Looks ahead: moves by the gradient and the velocity that it has made. */
  readonly nesterov: boolean;
  /** L2 in the gradient: `g + weightDecay w`. */
  readonly weightDecay: number;
}

/** The velocities of a set of variables, and the update that moves both. It lives as long as the training. */
export interface SgdKernel {
  /**
   * One step of all variables.
   *
   * @param gradients - one a variable, in their order; they stay the caller's
   * @param rates - `gradientScale` multiplies the decayed gradient on its way into the velocity: PyTorch's `1 - dampening`, 1 by default
   */
  update(gradients: readonly tf.Tensor[], rates: { readonly learningRate: number; readonly gradientScale?: number }): void;
  /** A copy of the velocities, one array a variable; none without momentum. */
  readVelocities(): readonly Float32Array[];
  /** Goes on from the velocities of a checkpoint, bit for bit. */
  restoreVelocities(velocities: readonly Float32Array[]): void;
  /** Frees the velocities; the variables stay. */
  dispose(): void;
}

/**
 * Gradient descent for these variables, velocities at zero: `v = momentum v + g`, `w = w - learningRate v`, or with Nesterov's look ahead
 * `w = w - learningRate (g + momentum v)`. On the native backend the update of a variable is one operation in place; elsewhere a composition.
 *
 * @example
 * const sgd = sgdKernel(trainableVariables(model), { momentum: 0.9, nesterov: false, weightDecay: 1e-4 });
 * sgd.update(gradients, { learningRate: 0.1 });
 */
export function sgdKernel(variables: readonly tf.Variable[], settings: SgdSettings): SgdKernel {
  const raw = rawOps();
  return raw ? fusedSgd(raw, variables, settings) : composedSgd(variables, settings);
}
