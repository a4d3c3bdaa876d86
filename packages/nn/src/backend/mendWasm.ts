import * as tf from '@tensorflow/tfjs';

/**
 * Puts right kernels in place of three of tfjs's WebAssembly backend (4.22) that are wrong without a word: the input gradient of a 3-D convolution
 * reads memory that is not its own, its filter gradient is right at stride 1 only, and the gradient of max pooling takes a window without a
 * positive value for empty and gives to its first element. Tests against finite differences hold all three.
 */
export function mendWasm(): void {
  const stock = tf.getKernel('Conv3DBackpropFilterV2', 'wasm');
  if (!stock || mended.has(stock)) return;
  const kernels: Readonly<Record<string, tf.KernelFunc>> = {
    Conv3DBackpropInputV2: conv3dInputGradient as unknown as tf.KernelFunc,
    Conv3DBackpropFilterV2: (args) => {
      const { strides } = args.attrs as unknown as Strided;
      const isPlain = [strides].flat().every((stride) => stride === 1);
      return isPlain ? stock.kernelFunc(args) : stridedFilterGradient(args as unknown as FilterGradient);
    },
    MaxPoolGrad: maxPoolGradient as unknown as tf.KernelFunc,
  };
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    const kernel: tf.KernelConfig = { kernelName, backendName: 'wasm', kernelFunc };
    tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel(kernel);
    mended.add(kernel);
  }
}

const mended = new WeakSet<tf.KernelConfig>();

type Extents = [number, number, number, number, number];

interface Strided {
  readonly pad: 'same' | 'valid';
  readonly strides: number | [number, number, number];
}

interface InputGradient {
  readonly inputs: { readonly dy: tf.Tensor5D; readonly filter: tf.Tensor5D };
  readonly attrs: Strided & { readonly inputShape: Extents };
}

/** As a convolution itself: of `dy`, spread by the stride, with the filter turned around. */
function conv3dInputGradient({ inputs: { dy, filter }, attrs: { pad, strides, inputShape } }: InputGradient): tf.Tensor5D {
  return tf.tidy(() => {
    const { padInfo, strideDepth, strideHeight, strideWidth } = tf.backend_util.computeConv3DInfo(
      inputShape,
      filter.shape,
      strides,
      1,
      pad,
    );
    const before = [padInfo.front, padInfo.top, padInfo.left];
    let spread = dy;
    [strideDepth, strideHeight, strideWidth].forEach((stride, axis) => {
      const kernel = filter.shape[axis]!;
      spread = spreadAxis(spread, axis + 1, stride, kernel - 1 - before[axis]!, inputShape[axis + 1]! + kernel - 1);
    });
    const turned = tf.transpose(tf.reverse(filter, [0, 1, 2]), [0, 1, 2, 4, 3]); // [kd, kh, kw, out, in]
    return tf.conv3d(spread, turned as tf.Tensor5D, 1, 'valid');
  });
}

interface FilterGradient {
  readonly inputs: { readonly x: tf.Tensor5D; readonly dy: tf.Tensor5D };
  readonly attrs: Strided & { readonly filterShape: Extents };
}

/** As 2-D convolutions, one for each plane of the filter: of the input's planes, channels for images, with `dy` for a filter. */
function stridedFilterGradient({ inputs: { x, dy }, attrs: { pad, strides, filterShape } }: FilterGradient): tf.Tensor5D {
  return tf.tidy(() => {
    const [kd, kh, kw, channels, filters] = filterShape;
    const info = tf.backend_util.computeConv3DInfo(x.shape, filterShape, strides, 1, pad);
    const { front, back, top, bottom, left, right } = info.padInfo;
    const around = [front, back, top, bottom, left, right].some((n) => n > 0);
    const padded = around ? tf.pad(x, [[0, 0], [front, back], [top, bottom], [left, right], [0, 0]]) : x; // prettier-ignore
    const [b, , h, w] = padded.shape;
    const [, depth, height, width] = dy.shape;
    const turnedDy = tf.transpose(tf.reshape(dy, [b * depth, height, width, filters]), [1, 2, 0, 3]) as tf.Tensor4D; // [h', w', b d', out]
    const planes = Array.from({ length: kd }, (_, k) => {
      const end = k + (depth - 1) * info.strideDepth + 1;
      const under = tf.stridedSlice(padded, [0, k, 0, 0, 0], [b, end, h, w, channels], [1, info.strideDepth, 1, 1, 1]);
      const turned = tf.transpose(tf.reshape(under, [b * depth, h, w, channels]), [3, 1, 2, 0]) as tf.Tensor4D; // [in, h, w, b d']
      const taps = tf.conv2d(turned, turnedDy, 1, 'valid', 'NHWC', [info.strideHeight, info.strideWidth]); // [in, >= kh, >= kw, out]
      return tf.transpose(tf.slice(taps, [0, 0, 0, 0], [channels, kh, kw, filters]), [1, 2, 0, 3]);
    });
    return tf.stack(planes) as tf.Tensor5D; // [kd, kh, kw, in, out]
  });
}

/** Puts `stride - 1` zeros behind each element of an axis, then brings it to `extent` with `before` zeros in front. */
function spreadAxis(x: tf.Tensor5D, axis: number, stride: number, before: number, extent: number): tf.Tensor5D {
  if (stride === 1 && before === 0 && x.shape[axis] === extent) return x;
  const [outer, inner] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)].map((part) => part.reduce((product, n) => product * n, 1));
  const n = x.shape[axis]!;
  const apart = tf.pad(tf.reshape(x, [outer!, n, 1, inner!]), [
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ]);
  const rows = tf.reshape(apart, [outer!, n * stride, inner!]);
  const kept = Math.min(n * stride, extent - before);
  const padded = tf.pad(tf.slice(rows, [0, 0, 0], [outer!, kept, inner!]), [
    [0, 0],
    [before, extent - before - kept],
    [0, 0],
  ]);
  return tf.reshape(padded, [...x.shape.slice(0, axis), extent, ...x.shape.slice(axis + 1)] as Extents);
}

interface PoolGradient {
  readonly inputs: { readonly dy: tf.TensorInfo; readonly input: tf.TensorInfo };
  readonly attrs: {
    readonly filterSize: [number, number] | number;
    readonly strides: [number, number] | number;
    readonly pad: 'same' | 'valid';
  };
  readonly backend: {
    makeOutput(shape: readonly number[], dtype: string): tf.TensorInfo;
    typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
  };
}

/** Each element of `dy` goes to the first largest element of its window. */
function maxPoolGradient({ inputs, attrs: { filterSize, strides, pad }, backend }: PoolGradient): tf.TensorInfo {
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
