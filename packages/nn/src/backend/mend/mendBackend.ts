import * as tf from '@tensorflow/tfjs';
import { BINARY, ofFewerAxes } from './binary.js';
import { complexKernels } from './complexOnWasm.js';
import { conv3d, filterGradient, inputGradient, paddedByNumbers } from './convolution.js';
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise.js';
import { einsum } from './einsum.js';
import { castToTruth, clipByValue, floorDivOfIntegers, prelu, roundOfIntegers } from './elementwise.js';
import { type Mend, type Mends } from './kernel.js';
import { batchMatMul, integerMatMul } from './matMul.js';
import { maxPoolGradientOnHeap } from './maxPoolOnHeap.js';
import { onCpu } from './onCpu.js';
import { averagePoolGradient, plainBeyondTheEdge, maxPool3d, maxPool3dGradient } from './pooling.js';
import { nearestGradient } from './resizing.js';
import { unsortedSegmentSum } from './segmentSum.js';
import { mirrorPad, padAbove, reshaped, reverse, select, splitV, stridedSlice, transpose } from './axisByAxis.js';
import { sliceOnHeap } from './sliceOnHeap.js';
import { failWhenFull, share } from './wasmMemory.js';

/**
 * Puts right kernels where the current backend has wrong ones or none, so that every network trains on it and gives the same numbers as on the others:
 * out of other kernels of the backend, and where that is not possible those of plain JavaScript. `selectBackend` has done it; whoever chooses by
 * `tf.setBackend` calls it after.
 *
 * @remarks What is wrong in tfjs 4.22, and how it was found, is in docs/backends.md.
 */
export function mendBackend(): void {
  const backend = tf.getBackend();
  if (backend === 'wasm') failWhenFull();
  for (const mends of MENDS[backend] ?? []) replaceKernels(backend, mends);
  replaceKernels(backend, lackingOn(backend));
}

function replaceKernels(backend: string, mends: Mends): void {
  for (const [name, mend] of Object.entries(mends)) replaceKernel(backend, name, mend);
}

/** Each mend once, also where a backend is started again. */
function replaceKernel(backend: string, kernelName: string, mend: Mend): void {
  const known = tf.getKernel(kernelName, backend) as tf.KernelConfig | undefined;
  const done = (known && mendsOf.get(known)) ?? [];
  if (done.includes(mend)) return;
  const kernel: tf.KernelConfig = {
    ...known,
    kernelName,
    backendName: backend,
    kernelFunc: mend(known?.kernelFunc ?? lacking(kernelName)),
  };
  if (known) tf.unregisterKernel(kernelName, backend);
  tf.registerKernel(kernel);
  mendsOf.set(kernel, [...done, mend]);
}

const mendsOf = new WeakMap<tf.KernelConfig, readonly Mend[]>();

const lacking =
  (kernelName: string): tf.KernelFunc =>
  () => {
    throw new Error(`there is no kernel ${kernelName}`);
  };

/** What plain JavaScript has and this backend has not; drawing on a canvas is left out. */
function lackingOn(backend: string): Mends {
  const names = (of: string) => tf.getKernelsForBackend(of).map(({ kernelName }) => kernelName);
  const known = new Set(names(backend));
  return Object.fromEntries(
    names('cpu')
      .filter((name) => !known.has(name) && name !== 'Draw')
      .map((name) => [name, instead(onCpu(name))]),
  );
}

const onHeap = sliceOnHeap as unknown as tf.KernelFunc;

/** In place of what was there. */
function instead(kernel: tf.KernelFunc): Mend {
  return () => kernel;
}

/** As plain JavaScript computes it. */
const plain = (...names: readonly string[]): Mends => Object.fromEntries(names.map((name) => [name, instead(onCpu(name))]));

/** Wrong on all but TensorFlow itself. */
const POOLS_AND_PRODUCTS: Mends = {
  MaxPool3D: instead(maxPool3d),
  MaxPool3DGrad: instead(maxPool3dGradient),
  AvgPoolGrad: averagePoolGradient,
  AvgPool3DGrad: averagePoolGradient,
  BatchMatMul: batchMatMul,
};

/** By backend, in the order in which they are laid over one another. */
const MENDS: Readonly<Record<string, readonly Mends[]>> = {
  tensorflow: [{ Round: roundOfIntegers }],
  cpu: [
    POOLS_AND_PRODUCTS,
    { ResizeBilinearGrad: reshaped(({ images }) => images!.shape), ResizeNearestNeighborGrad: instead(nearestGradient) },
  ],
  webgpu: [
    POOLS_AND_PRODUCTS,
    ofFewerAxes(BINARY, (larger, smaller) => larger > 6 || (larger > 4 && smaller === 1)),
    { Prelu: instead(prelu) },
    { Real: reshaped(({ input }) => input!.shape), Imag: reshaped(({ input }) => input!.shape) },
    { MirrorPad: mirrorPad, PadV2: padAbove(4), Reverse: reverse, Select: select, StridedSlice: stridedSlice, Transpose: transpose },
    plain('Cumsum', 'Cumprod', 'Bincount', 'DenseBincount', 'Transform'),
  ],
  wasm: [
    POOLS_AND_PRODUCTS,
    {
      AvgPool: plainBeyondTheEdge('AvgPool'),
      BatchMatMul: integerMatMul,
      Cast: castToTruth,
      ClipByValue: instead(clipByValue),
      Conv2D: paddedByNumbers,
      Conv2DBackpropFilter: instead(filterGradient),
      Conv2DBackpropInput: instead(inputGradient),
      Conv3D: instead(conv3d),
      Conv3DBackpropFilterV2: instead(filterGradient),
      Conv3DBackpropInputV2: instead(inputGradient),
      DepthwiseConv2dNative: paddedByNumbers,
      DepthwiseConv2dNativeBackpropFilter: instead(depthwiseFilterGradient),
      DepthwiseConv2dNativeBackpropInput: instead(depthwiseInputGradient),
      Einsum: instead(einsum),
      FloorDiv: floorDivOfIntegers,
      GatherV2: (stock) => (args) => ((args.attrs!['batchDims'] as number) > 0 ? onCpu('GatherV2') : stock)(args),
      Identity: instead(share),
      MaxPool: plainBeyondTheEdge('MaxPool'),
      MaxPoolGrad: instead(maxPoolGradientOnHeap as unknown as tf.KernelFunc),
      PadV2: padAbove(6),
      Prelu: instead(prelu),
      Slice: (stock) => (args) => (args.inputs['x']!.dtype === 'string' ? stock : onHeap)(args),
      SplitV: instead(splitV),
      StridedSlice: stridedSlice,
      UnsortedSegmentSum: instead(unsortedSegmentSum),
    },
    plain('Transform'),
    ofFewerAxes(['Add', 'Multiply', 'Sub'], (larger) => larger > 6),
    complexKernels,
  ],
};
