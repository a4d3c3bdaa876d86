import type { Named, SymbolicTensor } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

/**
 * An image of values in [0, 1] as networks trained on ImageNet take it: `(x - mean) / deviation` of each of three channels, `[b, ..., 1]` or
 * `[b, ..., 3]` to `[b, ..., 3]`; one channel is taken three times.
 */
export class ImagenetInput extends tf.layers.Layer {
  static readonly className = 'MgmtImagenetInput';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      return tf.div(tf.sub(x, [...IMAGENET_MEAN]), [...IMAGENET_DEVIATION]);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [...(inputShape as tf.Shape).slice(0, -1), 3];
  }
}
tf.serialization.registerClass(ImagenetInput);

/** An {@link ImagenetInput} on `x`. */
export function imagenetInput(x: SymbolicTensor, config: Named = {}): SymbolicTensor {
  return new ImagenetInput({ ...config }).apply(x) as SymbolicTensor;
}

/** Of red, green and blue, as torchvision's weights expect. */
export const IMAGENET_MEAN = [0.485, 0.456, 0.406] as const;
/** As {@link IMAGENET_MEAN}. */
export const IMAGENET_DEVIATION = [0.229, 0.224, 0.225] as const;
