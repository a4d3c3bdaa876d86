import * as tf from '@tensorflow/tfjs';
import { batchNormInference, batchNormTraining } from '../ops/batchNorm.js';
import { only } from './Conv.js';
import type { PytorchNamed, PytorchSlot } from './pytorchSlots.js';

/** A batch norm's settings, plain data. */
export interface BatchNormConfig {
  readonly name?: string;
  /** Added to the variance: 1e-5 by default, PyTorch's. */
  readonly epsilon?: number;
  /** Weight of the newest batch in the running statistics: 0.1 by default, PyTorch's sense and value (Keras writes 0.9). */
  readonly momentum?: number;
}

/**
 * Batch normalization at any rank, `[b, ..., c]` to the same: by the batch's statistics in training, else by the running ones, whose variance is
 * unbiased as in PyTorch. They are non-trainable weights, renewed whenever the layer is called with `{ training: true }`.
 */
export class BatchNorm extends tf.layers.Layer implements PytorchNamed {
  static readonly className = 'MgmtBatchNorm';
  private readonly numbers: { readonly epsilon: number; readonly momentum: number };
  private own: Record<'scale' | 'offset' | 'runningMean' | 'runningVariance', tf.LayerVariable> | undefined;

  constructor({ name, epsilon = 1e-5, momentum = 0.1 }: BatchNormConfig = {}) {
    super(name === undefined ? {} : { name });
    this.numbers = { epsilon, momentum };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = [(inputShape as number[]).at(-1)!];
    const [zeros, ones] = [tf.initializers.zeros(), tf.initializers.ones()];
    this.own = {
      scale: this.addWeight('weight', shape, 'float32', ones),
      offset: this.addWeight('bias', shape, 'float32', zeros),
      runningMean: this.addWeight('running_mean', shape, 'float32', zeros, undefined, false),
      runningVariance: this.addWeight('running_var', shape, 'float32', ones, undefined, false),
    };
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { readonly training?: boolean; readonly rectified?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const { scale, offset, runningMean, runningVariance } = this.own!;
      const tensors = {
        scale: scale.read() as tf.Tensor1D,
        offset: offset.read() as tf.Tensor1D,
        runningMean: runningMean.read() as tf.Tensor1D,
        runningVariance: runningVariance.read() as tf.Tensor1D,
      };
      if (kwargs?.training !== true) return batchNormInference(only(inputs), tensors, this.numbers.epsilon);
      const result = batchNormTraining(only(inputs), tensors, { ...this.numbers, rectified: kwargs.rectified === true });
      runningMean.write(result.runningMean);
      runningVariance.write(result.runningVariance);
      return result.y;
    });
  }

  /** The weights, in PyTorch's order. */
  pytorchSlots(): readonly PytorchSlot[] {
    const { scale, offset, runningMean, runningVariance } = this.own!;
    return [
      { name: 'weight', layout: 'vector', weight: scale },
      { name: 'bias', layout: 'vector', weight: offset },
      { name: 'running_mean', layout: 'vector', weight: runningMean },
      { name: 'running_var', layout: 'vector', weight: runningVariance },
    ];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.numbers };
  }
}
tf.serialization.registerClass(BatchNorm);
