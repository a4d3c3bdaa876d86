import type * as tf from '@tensorflow/tfjs';

/**
 * How a weight lies in PyTorch: a convolution's as `[out, in, (d,) h, w]`, a linear layer's as `[out, in]`, a vector, or what is kept in
 * PyTorch's own layout, as it is.
 */
export type PytorchLayout = 'conv' | 'linear' | 'vector';

/** A weight of a layer under the name that PyTorch gives it within the module: `weight`, `running_mean`. */
export interface PytorchSlot {
  /** Within the module; empty where the layer stands for the parameter itself, which is then called as the layer. */
  readonly name: string;
  readonly layout: PytorchLayout;
  readonly weight: SlotWeight;
}

/** Where a slot's numbers are: a `LayerVariable`, or several that PyTorch has as one. */
export interface SlotWeight {
  readonly shape: tf.Shape;
  /** To be called in a `tf.tidy`: of several weights it is a copy. */
  read(): tf.Tensor;
  /** Takes over the values; the tensor stays the caller's. */
  write(value: tf.Tensor): unknown;
}

/** A layer that knows the names of its weights in PyTorch; all layers with weights in this package do. */
export interface PytorchNamed extends tf.layers.Layer {
  /** The layer's weights, in PyTorch's order. The layer must have been built. */
  pytorchSlots(): readonly PytorchSlot[];
}

/** Whether a layer can tell its weights' names in PyTorch. */
export function isPytorchNamed(layer: tf.layers.Layer): layer is PytorchNamed {
  return 'pytorchSlots' in layer;
}
