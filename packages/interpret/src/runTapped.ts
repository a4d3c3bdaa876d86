import type * as tf from '@tensorflow/tfjs';
import type { NamedLayer } from './layers.js';

/**
 * Hears what a layer gave, and may put another tensor in its place.
 *
 * @param name - the layer's path; `conv1#2` where the layer runs a second time in the same pass
 */
export type Tap = (name: string, output: tf.Tensor) => tf.Tensor;

/**
 * Runs a model once in evaluation mode, with a tap on some of its layers. It hears layers in models within the model, and layers that are shared,
 * since it sits on the layer and not on the graph. A layer that gives several tensors is not heard.
 *
 * For the time of the call, which is synchronous, the layers' own `call` is replaced.
 *
 * @returns the model's outputs
 */
export function runTapped(model: tf.LayersModel, inputs: readonly tf.Tensor[], layers: readonly NamedLayer[], tap: Tap): tf.Tensor[] {
  const removers = layers.map(({ path, layer }) => {
    let uses = 0;
    return replaceCall(layer, (output) => {
      uses++;
      return tap(uses === 1 ? path : `${path}#${uses}`, output);
    });
  });
  try {
    return runModel(model, inputs);
  } finally {
    for (const remove of removers.reverse()) remove();
  }
}

/** All outputs of a model in evaluation mode. */
export function runModel(model: tf.LayersModel, inputs: readonly tf.Tensor[]): tf.Tensor[] {
  return [model.apply([...inputs], { training: false }) as tf.Tensor | tf.Tensor[]].flat();
}

function replaceCall(layer: tf.layers.Layer, hear: (output: tf.Tensor) => tf.Tensor): () => void {
  const own = Object.getOwnPropertyDescriptor(layer, 'call');
  const { call } = layer;
  layer.call = (...parameters) => {
    const output = call.apply(layer, parameters);
    const [first, ...more] = [output].flat();
    return more.length === 0 ? hear(first!) : output;
  };
  return () => {
    Reflect.deleteProperty(layer, 'call');
    if (own) Object.defineProperty(layer, 'call', own);
  };
}
