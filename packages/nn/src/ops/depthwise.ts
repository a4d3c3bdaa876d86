import * as tf from '@tensorflow/tfjs';
import type { ConvGeometry } from './conv.js';
import { byPlanes, hasPlaneKernels } from './depthwisePlanes.js';
import { byShifts } from './depthwiseShifts.js';
import { depthwiseWindow, type DepthwiseWindow } from './depthwiseWindow.js';

/**
 * Depthwise convolution in two or three dimensions: each channel with a kernel of its own, padded by numbers.
 *
 * TensorFlow has it in two dimensions only. In three it is the sum over the kernel's planes, each a two-dimensional one over the depth slices that it
 * meets; the gradients likewise. Only `x` and the filter are kept for them.
 *
 * @param x - `[b, h, w, c]` or `[b, d, h, w, c]`
 * @param filter - `[kh, kw, 1, c]` or `[kd, kh, kw, 1, c]`
 * @returns `[b, ..., c]`
 * @throws `MgmtError` `nn/window-too-large`
 */
export function depthwiseConvolution(x: tf.Tensor, filter: tf.Tensor, geometry: ConvGeometry): tf.Tensor {
  const window = depthwiseWindow(x, filter, geometry);
  const [, height, width] = window.stride;
  const form = height === width && hasPlaneKernels() ? byPlanes : byShifts; // TensorFlow's strides are equal
  const op = tf.customGrad((image, taps, save) => {
    const inputs = [image, taps] as [tf.Tensor, tf.Tensor];
    (save as tf.GradSaveFunc)(inputs);
    return {
      value: tf.tidy(() => tf.reshape(form.forward(volume(inputs[0]), planes(inputs[1]), window), outputShape(x, window))),
      gradFunc: (dy: tf.Tensor, [savedX, savedFilter]: tf.Tensor[]) => {
        const dyVolume = volume(dy);
        return [
          tf.reshape(form.inputGradient(dyVolume, planes(savedFilter!), window), x.shape),
          tf.reshape(form.filterGradient(volume(savedX!), dyVolume, window), filter.shape),
        ];
      },
    };
  });
  return op(x, filter);
}

const volume = (x: tf.Tensor) => (x.rank === 5 ? x : tf.expandDims(x, 1)) as tf.Tensor5D; // [b, h, w, c] -> [b, 1, h, w, c]

/** `[(kd,) kh, kw, 1, c] -> [kd, kh, kw, c]` */
function planes(filter: tf.Tensor): tf.Tensor4D {
  const [c, , ...kernel] = [...filter.shape].reverse() as [number, number, ...number[]];
  const [kw, kh, kd = 1] = kernel as [number, number, number?];
  return tf.reshape(filter, [kd, kh, kw, c]);
}

function outputShape(x: tf.Tensor, { output }: DepthwiseWindow): number[] {
  return [x.shape[0]!, ...output.slice(5 - x.rank), x.shape.at(-1)!];
}
