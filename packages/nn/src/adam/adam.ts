import type * as tf from '@tensorflow/tfjs';
import { rawOps } from '../backend/rawOps.js';
import { composedAdam } from './composedAdam.js';
import { fusedAdam } from './fusedAdam.js';

/** The numbers of one update, as PyTorch's `torch.optim.Adam` names and uses them. */
export interface AdamSettings {
  readonly learningRate: number;
  /** Decay of the mean of gradients, PyTorch's default 0.9. */
  readonly beta1: number;
  /** Decay of the mean of squared gradients, PyTorch's default 0.999. */
  readonly beta2: number;
  /** Added to the root of the corrected second moment, PyTorch's default 1e-8. */
  readonly epsilon: number;
  /** L2 in the gradient: `g + weightDecay w`. Not AdamW's decay. */
  readonly weightDecay: number;
  /** AdamW's decay, one for each variable: before the step it loses so much of itself (learning rate times decay). None by default. */
  readonly decoupledDecay?: readonly number[];
  /** Which update this is, from 1. */
  readonly step: number;
}

/** Means of the gradients and of their squares, one array a variable: with the number of steps done, all that Adam remembers. */
export interface AdamMoments {
  readonly first: readonly Float32Array[];
  readonly second: readonly Float32Array[];
}

/** The moments of a set of variables, and the update that moves both. It lives as long as the training. */
export interface AdamKernel {
  /**
   * One step of all variables.
   *
   * @param gradients - one a variable, in their order; they stay the caller's
   */
  update(gradients: readonly tf.Tensor[], settings: AdamSettings): void;
  /** A copy of the moments, for a checkpoint. */
  readMoments(): AdamMoments;
  /** Goes on from the moments of a checkpoint, bit for bit. */
  restoreMoments(moments: AdamMoments): void;
  /** Frees the moments; the variables stay. */
  dispose(): void;
}

/**
 * Adam for these variables, moments at zero. On the native backend the whole update of a variable is one operation in place; elsewhere a
 * composition.
 *
 * @remarks Kingma & Ba 2015, arXiv:1412.6980, with PyTorch's place of epsilon.
 * @example
 * const adam = adamKernel(trainableVariables(model));
 * adam.update(gradients, { learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, step: 1 });
 */
export function adamKernel(variables: readonly tf.Variable[]): AdamKernel {
  const raw = rawOps();
  return raw ? fusedAdam(raw, variables) : composedAdam(variables);
}
