import * as tf from '@tensorflow/tfjs';

/** A running mean of the weights, as data. */
export interface AverageConfig {
  /** What stays of the mean at each step, in [0, 1): 0.999 looks back some thousand steps. */
  readonly decay: number;
  /** Steps before it begins, 0 by default. It begins as a copy of the weights after the step that follows. */
  readonly startSteps?: number;
}

/**
 * An exponential mean of weights over the steps, as PyTorch's `AveragedModel` with `get_ema_multi_avg_fn(decay)`: what is learned is averaged; running
 * statistics of batch norms are the model's own. It owns the mean, not the weights.
 */
export class WeightAverage {
  readonly #weights: readonly tf.Variable[];
  readonly #config: AverageConfig;
  #mean: tf.Tensor[] | undefined;

  constructor(weights: readonly tf.Variable[], config: AverageConfig) {
    this.#weights = weights;
    this.#config = config;
  }

  /** Whether there is a mean yet. */
  get hasBegun(): boolean {
    return this.#mean !== undefined;
  }

  /**
   * Takes the weights in after a step.
   *
   * @param steps - done so far, this one with them
   */
  update(steps: number): void {
    const { decay, startSteps = 0 } = this.#config;
    if (steps <= startSteps) return;
    const mean = this.#mean;
    if (!mean) this.#mean = this.#weights.map((weight) => tf.keep(tf.clone(weight)));
    else this.#set(this.#weights.map((weight, i) => tf.tidy(() => tf.keep(tf.add(mean[i]!, tf.mul(tf.sub(weight, mean[i]!), 1 - decay))))));
  }

  /** A copy of the mean, an array for every weight; undefined where it has not begun. */
  async read(): Promise<readonly Float32Array[] | undefined> {
    const arrays = this.#mean && (await Promise.all(this.#mean.map((mean) => mean.data<'float32'>())));
    return arrays?.map((values) => values.slice());
  }

  /** Puts back what `read` gave, bit for bit. */
  restore(arrays: readonly Float32Array[]): void {
    this.#set(arrays.map((values, i) => tf.keep(tf.tensor(values.slice(), this.#weights[i]!.shape, 'float32'))));
  }

  /**
   * Lets the model have the mean for its weights while something runs, a validation say; where it has not begun, the model stays as it is.
   *
   * @param action - may not train
   */
  async during<T>(action: () => Promise<T>): Promise<T> {
    if (!this.#mean) return action();
    const own = this.#weights.map((weight) => tf.keep(tf.clone(weight)));
    this.#weights.forEach((weight, i) => weight.assign(this.#mean![i]!));
    try {
      return await action();
    } finally {
      this.#weights.forEach((weight, i) => weight.assign(own[i]!));
      tf.dispose(own);
    }
  }

  /** Frees the mean. */
  dispose(): void {
    tf.dispose(this.#mean ?? []);
    this.#mean = undefined;
  }

  #set(mean: tf.Tensor[]): void {
    this.dispose();
    this.#mean = mean;
  }
}
