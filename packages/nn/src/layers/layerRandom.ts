import { hashText, MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { rawAttributes, rawOps, type RawOps } from '../backend/rawOps.js';

/**
 * Where a layer takes its random numbers from: a seed, the layer's name, and how often it has drawn. Nothing else decides a draw, so that a training
 * goes on from a checkpoint that keeps {@link layerRandomState}. The numbers are the same again on one backend; TensorFlow draws others than the rest.
 */
export class LayerRandom {
  /** Draws made so far: all of its state. */
  draws = 0;
  readonly #path: string;

  /**
   * @param seed - the model's
   * @param name - the layer's: layers of one seed draw apart
   */
  constructor(seed: number | string, name: string) {
    this.#path = `${seed}/${name}`;
  }

  /** The next numbers, uniform in [0, 1), as float32. */
  uniform(shape: readonly number[]): tf.Tensor {
    const draw = this.draws++;
    const raw = rawOps();
    return raw
      ? uniformByTensorFlow(raw, shape, [hashText(this.#path), draw])
      : tf.randomUniform([...shape], 0, 1, 'float32', `${this.#path}/${draw}`);
  }
}

/** A layer that draws random numbers in training. */
export interface DrawingLayer extends tf.layers.Layer {
  readonly layerRandom: LayerRandom;
}

/** What a checkpoint keeps of a model's random layers: how often each has drawn, in the order of the layers. Empty where none draws. */
export function layerRandomState(model: tf.LayersModel): number[] {
  return drawingLayers(model).map(({ layerRandom }) => layerRandom.draws);
}

/**
 * Puts back what {@link layerRandomState} gave: the next draws are those that would have come then.
 *
 * @throws `MgmtError` `nn/other-random-layers` where the model has another number of them
 */
export function setLayerRandomState(model: tf.LayersModel, state: readonly number[]): void {
  const layers = drawingLayers(model);
  if (layers.length !== state.length) {
    throw new MgmtError('the state is of another model', {
      code: 'nn/other-random-layers',
      expected: `the draws of ${layers.length} layers`,
      found: `${state.length}`,
    });
  }
  layers.forEach(({ layerRandom }, i) => (layerRandom.draws = state[i]!));
}

function drawingLayers({ layers }: tf.LayersModel): DrawingLayer[] {
  return layers.flatMap((layer) => {
    if ('layers' in layer) return drawingLayers(layer as tf.LayersModel); // a model within a model
    return 'layerRandom' in layer ? [layer as DrawingLayer] : [];
  });
}

/** Philox, on all of TensorFlow's threads; tfjs draws one number after the other in JavaScript. */
function uniformByTensorFlow(raw: RawOps, shape: readonly number[], seed: readonly [number, number]): tf.Tensor {
  const attributes = [rawAttributes.type(raw, 'dtype'), rawAttributes.integerType(raw, 'T'), rawAttributes.integerType(raw, 'Tseed')];
  const inputs = [tf.tensor1d([...shape], 'int32'), tf.tensor1d([...seed], 'int32')];
  const [values] = raw.run('StatelessRandomUniform', attributes, inputs, 1);
  tf.dispose(inputs);
  return values!;
}
