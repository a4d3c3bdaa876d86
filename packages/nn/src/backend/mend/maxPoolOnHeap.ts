import * as tf from '@tensorflow/tfjs';
import type { HeapArguments } from './wasmHeap.js';

interface Inputs {
  readonly dy: tf.TensorInfo;
  readonly input: tf.TensorInfo;
}
interface Attributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
}

/**
 * `MaxPoolGrad` on WebAssembly, in its memory: each element of `dy` goes to the first largest element of its window. tfjs's own takes a window
 * without a positive value for empty and gives to its first element.
 */
export function maxPoolGradientOnHeap({
  inputs,
  attrs: { filterSize, strides, pad },
  backend,
}: HeapArguments<Inputs, Attributes>): tf.TensorInfo {
  const info = tf.backend_util.computePool2DInfo(inputs.input.shape as [number, number, number, number], filterSize, strides, 1, pad);
  const output = backend.makeOutput(info.inShape, 'float32');
  const [x, dy, dx] = [inputs.input, inputs.dy, output].map((tensor) => backend.typedArrayFromHeap(tensor)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  dx.fill(0);
  const { inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = info;
  for (let image = 0, at = 0; image < info.batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      const [top, bottom] = clamp(row * strideHeight - padInfo.top, filterHeight, inHeight);
      for (let column = 0; column < outWidth; column++) {
        const [left, right] = clamp(column * strideWidth - padInfo.left, filterWidth, inWidth);
        for (let channel = 0; channel < inChannels; channel++, at++) {
          let [largest, where] = [-Infinity, -1];
          for (let r = top; r < bottom; r++) {
            for (let c = left; c < right; c++) {
              const i = ((image * inHeight + r) * inWidth + c) * inChannels + channel;
              if (where < 0 || x[i]! > largest) [largest, where] = [x[i]!, i];
            }
          }
          dx[where]! += dy[at]!;
        }
      }
    }
  }
  return output;
}

const clamp = (start: number, length: number, extent: number) => [Math.max(0, start), Math.min(extent, start + length)] as const;
