import type { Tensor, Variable } from '@tensorflow/tfjs';

/** What an optimizer remembers between steps; it lives on the device as long as the training and is part of a checkpoint. */
export interface OptimizerState {
  /** Updates made so far. */
  steps: number;
  /** By name, a tensor for every weight: `{ m: [...], v: [...] }`. */
  readonly slots: Readonly<Record<string, readonly Variable[]>>;
}

/** A rule that turns gradients into changes of the weights. It has no state of its own: what it remembers is handed in. */
export interface Optimizer {
  /** The learning rate that a schedule's factor multiplies. */
  readonly learningRate: number;
  /** The state before the first step. Its variables are the caller's to free. */
  init(weights: readonly Variable[]): OptimizerState;
  /**
   * One step: changes the weights and the state in place.
   *
   * @param weights - as given to `init`
   * @param gradients - of the loss by each weight, same order; none for a weight that the loss does not depend on, which is then left as it is
   * @param state - of this optimizer over these weights
   * @param learningRate - for this step
   */
  update(weights: readonly Variable[], gradients: readonly (Tensor | undefined)[], state: OptimizerState, learningRate: number): void;
}
