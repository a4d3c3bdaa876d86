import type { Tensor, Variable } from '@tensorflow/tfjs';

/** What an optimizer remembers of some weights between steps. It lives on the device as long as the training, and its content goes into checkpoints. */
export interface OptimizerState {
  /** Updates made so far. */
  steps: number;
  /** A copy of what is remembered, by name, an array for every weight: `{ m: [...], v: [...] }`. */
  read(): Readonly<Record<string, readonly Float32Array[]>>;
  /**
   * Puts back what `read` gave, bit for bit.
   *
   * @param slots - of the same weights
   */
  restore(slots: Readonly<Record<string, readonly Float32Array[]>>): void;
  /** Frees what it holds. */
  dispose(): void;
}

/** A rule that turns gradients into changes of weights. It has no state of its own: `init` makes one, which is handed back at every step. */
export interface Optimizer<State extends OptimizerState = OptimizerState> {
  /** The learning rate that a schedule's factor multiplies. */
  readonly learningRate: number;
  /**
   * The state before the first step.
   *
   * @param weights - stay the caller's; they are what `update` changes
   */
  init(weights: readonly Variable[]): State;
  /**
   * One step: changes the weights and the state in place.
   *
   * @param gradients - of the loss by each weight, in the order of the weights; they stay the caller's
   * @param state - from this optimizer's `init`
   * @param learningRate - for this step
   */
  update(gradients: readonly Tensor[], state: State, learningRate: number): void;
}
