import * as tf from '@tensorflow/tfjs';

/**
 * Contrast as a classification: row i holds the logits by which view i finds its partner among all other views.
 *
 * @param z - `[2 N, dim]`, of any length
 * @returns `[2 N, 2 N]`: cosines over the temperature; a view is no candidate for itself
 */
export function pairLogits(z: tf.Tensor2D, temperature: number): tf.Tensor2D {
  return tf.tidy(() => {
    const length = tf.sqrt(tf.add(tf.sum(tf.square(z), 1, true), SMALLEST));
    const unit = tf.div(z, length);
    const cosines = tf.matMul(unit, unit, false, true);
    return tf.sub(tf.div(cosines, temperature), tf.mul(tf.eye(z.shape[0]), NEVER)) as tf.Tensor2D;
  });
}

/** The index of each view's partner, `[2 N]`: k + N for k below N, else k - N. */
export function partners(views: number): tf.Tensor1D {
  return tf.tensor1d(
    Int32Array.from({ length: views }, (_, k) => (k + views / 2) % views),
    'int32',
  );
}

/** Keeps an embedding of zeros from being divided by zero. */
const SMALLEST = 1e-24;

/** Its exponential is zero beside every other one. */
const NEVER = 1e9;

/** {@link pairLogits} as the last layer of a model that is trained by cross entropy. */
export class PairLogits extends tf.layers.Layer {
  static readonly className = 'MgmtPairLogits';
  private readonly temperature: number;

  constructor({ name, temperature }: { readonly name?: string; readonly temperature: number }) {
    super(name === undefined ? {} : { name });
    this.temperature = temperature;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return pairLogits((Array.isArray(inputs) ? inputs[0]! : inputs) as tf.Tensor2D, this.temperature);
  }

  override computeOutputShape(): tf.Shape {
    return [null, null];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), temperature: this.temperature };
  }
}
tf.serialization.registerClass(PairLogits);
