import {
  lossAndGradients,
  layerRandomState,
  type LayersModel,
  type Precision,
  setLayerRandomState,
  trainableVariables,
  trainingPass,
  withPrecision,
} from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

/** What {@link CachedPass} runs, and how. */
export interface CachedPassConfig {
  readonly name?: string;
  /** One input, one output; the layer shares its weights. */
  readonly model: LayersModel;
  /** Samples that pass through the model at once. */
  readonly microBatch: number;
  /** In what the model computes, forth and back. */
  readonly precision: Precision;
}

/**
 * A model as one layer that in training holds the activations of a few samples only, whatever the batch: gradient caching. The batch passes twice: first
 * for its outputs, of which alone a loss over all samples is a function; and when the loss's gradient by the outputs is known, again by micro-batches, each
 * of which is kept, walked back and freed. One more forward pass buys a batch of any size.
 *
 * The gradient is that of the whole batch where a sample's output depends on that sample alone. Dropout draws the same in both passes. Batch norm does not
 * fit: it takes its statistics from the micro-batch, so that outputs and gradients are those of a network with smaller batches; its running statistics move
 * in the second pass only.
 *
 * @remarks Gao et al. 2021, arXiv:2101.06983.
 */
export class CachedPass extends tf.layers.Layer {
  static readonly className = 'MgmtCachedPass';
  readonly #model: LayersModel;
  readonly #config: CachedPassConfig;

  constructor(config: CachedPassConfig) {
    super(config.name === undefined ? {} : { name: config.name });
    this.#model = config.model;
    this.#config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: { readonly training?: boolean } = {}): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    if (!training) return this.#model.apply(x, { training }) as tf.Tensor;
    const variables = trainableVariables(this.#model);
    const pass = tf.customGrad((...given: (tf.Tensor | tf.GradSaveFunc)[]) => {
      const draws = layerRandomState(this.#model);
      const value = this.#outputs(x);
      const save = given.at(-1) as tf.GradSaveFunc;
      save([x]);
      const gradFunc = (dy: tf.Tensor, [kept]: tf.Tensor[]) => this.#gradients(kept!, dy, variables, draws);
      return { value, gradFunc };
    });
    return pass(...variables);
  }

  /** The first pass: `[b, ...]` to `[b, ...]`, without anything kept but the outputs. */
  #outputs(x: tf.Tensor): tf.Tensor {
    const running = this.#model.nonTrainableWeights;
    const before = running.map((weight) => weight.read().clone());
    const outputs = tf.tidy(() => tf.concat(this.#microBatches(x).map((samples) => tf.tidy(() => this.#forward(samples)))));
    running.forEach((weight, i) => weight.write(before[i]!));
    return outputs;
  }

  /** The second pass. */
  #gradients(x: tf.Tensor, dy: tf.Tensor, variables: readonly tf.Variable[], draws: readonly number[]): tf.Tensor[] {
    setLayerRandomState(this.#model, draws);
    const [samples, changes] = [this.#microBatches(x), this.#microBatches(dy)];
    let sums: readonly tf.Tensor[] | undefined;
    samples.forEach((some, i) => {
      const { loss, gradients } = lossAndGradients(variables, () => tf.sum(tf.mul(this.#forward(some), changes[i]!)));
      loss.dispose();
      const before = sums;
      sums = before ? before.map((sum, at) => tf.add(sum, gradients[at]!)) : gradients;
      if (before) tf.dispose([...before, ...gradients]);
    });
    return [...sums!];
  }

  #forward(x: tf.Tensor): tf.Tensor {
    return withPrecision(this.#config.precision, () => trainingPass(this.#model, x));
  }

  #microBatches(x: tf.Tensor): tf.Tensor[] {
    const [count, size] = [x.shape[0]!, this.#config.microBatch];
    const sizes = Array.from({ length: Math.ceil(count / size) }, (_, i) => Math.min(size, count - i * size));
    return tf.split(x, sizes);
  }

  override computeOutputShape(): tf.Shape {
    return this.#model.outputs[0]!.shape;
  }

  /** The model's, by which what walks through nested models finds them. */
  get layers(): tf.layers.Layer[] {
    return this.#model.layers;
  }

  override get trainableWeights(): tf.LayerVariable[] {
    return this.#model.trainableWeights;
  }

  override get nonTrainableWeights(): tf.LayerVariable[] {
    return this.#model.nonTrainableWeights;
  }
}
