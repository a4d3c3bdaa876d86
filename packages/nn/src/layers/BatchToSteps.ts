import * as tf from '@tensorflow/tfjs';
import { only } from './Conv.js';

/** The settings of a {@link BatchToSteps}, plain data. */
export interface BatchToStepsConfig {
  readonly name?: string;
  /** Of each sequence. */
  readonly steps: number;
}

/** Samples that follow one another as the steps of sequences, `[b steps, ...]` to `[b, steps, ...]`: undoes {@link StepsToBatch}. */
export class BatchToSteps extends tf.layers.Layer {
  static readonly className = 'MgmtBatchToSteps';
  private readonly steps: number;

  constructor({ name, steps }: BatchToStepsConfig) {
    super(name === undefined ? {} : { name });
    this.steps = steps;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs);
      const [samples, ...rest] = x.shape as [number, ...number[]];
      return tf.reshape(x, [samples / this.steps, this.steps, ...rest]);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [null, this.steps, ...(inputShape as tf.Shape).slice(1)];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), steps: this.steps };
  }
}
tf.serialization.registerClass(BatchToSteps);
