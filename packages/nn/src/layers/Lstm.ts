import * as tf from '@tensorflow/tfjs';
import { lstmLayer } from '../ops/lstm.js';
import { only } from './Conv.js';
import type { PytorchNamed, PytorchSlot } from './pytorchSlots.js';
import { startingWeights } from './startingWeights.js';

/** An LSTM's settings, plain data. */
export interface LstmConfig {
  /** Also the path of its weights in the seed's stream, and its module name in PyTorch's files. */
  readonly name?: string;
  /** Features of the state. */
  readonly hidden: number;
  /** One on top of the other; 1 by default. */
  readonly layers?: number;
  /** `last` by default: the top layer's output of the last step; `sequence`: of all steps. */
  readonly returns?: 'last' | 'sequence';
  /** 0 by default. */
  readonly seed?: number | string;
}

/**
 * PyTorch's LSTM of one direction, from a state of zeros: `[b, steps, features]` to `[b, hidden]`, or to `[b, steps, hidden]`. All weights and biases
 * start uniform in `+-1 / sqrt(hidden)`, as PyTorch's.
 */
export class Lstm extends tf.layers.Layer implements PytorchNamed {
  static readonly className = 'MgmtLstm';
  private readonly config: Required<Omit<LstmConfig, 'name'>>;
  private own: readonly Readonly<Record<'fromInput' | 'fromHidden' | 'inputBias' | 'hiddenBias', tf.LayerVariable>>[] = [];

  constructor({ name, hidden, layers = 1, returns = 'last', seed = 0 }: LstmConfig) {
    super(name === undefined ? {} : { name });
    this.config = { hidden, layers, returns, seed };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { hidden, layers, seed } = this.config;
    const add = (name: string, shape: number[]) => {
      const start = startingWeights({ start: 'uniform', seed, path: `${this.name}/${name}`, fanIn: hidden, fanOut: hidden });
      return this.addWeight(name, shape, 'float32', start);
    };
    this.own = Array.from({ length: layers }, (_, layer) => {
      const features = layer === 0 ? (inputShape as number[]).at(-1)! : hidden;
      return {
        fromInput: add(`weight_ih_l${layer}`, [features, 4 * hidden]),
        fromHidden: add(`weight_hh_l${layer}`, [hidden, 4 * hidden]),
        inputBias: add(`bias_ih_l${layer}`, [4 * hidden]),
        hiddenBias: add(`bias_hh_l${layer}`, [4 * hidden]),
      };
    });
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      let x = only(inputs) as tf.Tensor3D;
      let outputs: tf.Tensor2D[] = [];
      this.own.forEach(({ fromInput, fromHidden, inputBias, hiddenBias }, layer) => {
        if (layer > 0) x = tf.stack(outputs, 1) as tf.Tensor3D;
        outputs = lstmLayer(x, {
          fromInput: fromInput.read() as tf.Tensor2D,
          fromHidden: fromHidden.read() as tf.Tensor2D,
          inputBias: inputBias.read() as tf.Tensor1D,
          hiddenBias: hiddenBias.read() as tf.Tensor1D,
        });
      });
      return this.config.returns === 'last' ? outputs.at(-1)! : tf.stack(outputs, 1);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [b, steps] = inputShape as [number | null, number];
    const { hidden, returns } = this.config;
    return returns === 'last' ? [b, hidden] : [b, steps, hidden];
  }

  /** The weights, in PyTorch's order. */
  pytorchSlots(): readonly PytorchSlot[] {
    return this.own.flatMap(({ fromInput, fromHidden, inputBias, hiddenBias }, layer): PytorchSlot[] => [
      { name: `weight_ih_l${layer}`, layout: 'linear', weight: fromInput },
      { name: `weight_hh_l${layer}`, layout: 'linear', weight: fromHidden },
      { name: `bias_ih_l${layer}`, layout: 'vector', weight: inputBias },
      { name: `bias_hh_l${layer}`, layout: 'vector', weight: hiddenBias },
    ]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}
tf.serialization.registerClass(Lstm);
