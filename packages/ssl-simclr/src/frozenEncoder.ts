import { type LayersModel, model } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { encoderOf } from './encoderOf.js';

/**
 * A classifier of which only the last layer learns. All before it runs as when it is used: dropout is off, and batch norm takes its running statistics and
 * leaves them. It shares the layers.
 */
export function frozenEncoder(classifier: LayersModel): LayersModel {
  const x = tf.input({ shape: classifier.inputs[0]!.shape.slice(1) });
  const features = new Frozen(encoderOf(classifier)).apply(x) as tf.SymbolicTensor;
  return model(x, classifier.layers.at(-1)!.apply(features) as tf.SymbolicTensor);
}

/** A model as one layer that does not learn. */
class Frozen extends tf.layers.Layer {
  static readonly className = 'MgmtFrozen';
  readonly #model: LayersModel;

  constructor(frozen: LayersModel) {
    super({});
    this.#model = frozen;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    const features = tf.customGrad(() => ({ value: this.#model.apply(x, { training: false }) as tf.Tensor, gradFunc: () => [] }));
    return features();
  }

  override computeOutputShape(): tf.Shape {
    return this.#model.outputs[0]!.shape;
  }

  override get trainableWeights(): tf.LayerVariable[] {
    return [];
  }

  override get nonTrainableWeights(): tf.LayerVariable[] {
    return this.#model.weights;
  }
}
