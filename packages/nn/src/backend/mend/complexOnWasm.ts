import * as tf from '@tensorflow/tfjs';
import { fft, ifft } from './fourier.js';
import { composed, composedWhere, type Mend, type Mends } from './kernel.js';

/*
 * Complex numbers on WebAssembly, which has none: a tensor whose data are two tensors of its own, a real and an imaginary one. Kernels that treat both
 * parts alike run on each.
 */

interface WasmBackend {
  readonly dataIdMap: { get(dataId: object): WasmData; has(dataId: object): boolean };
  makeOutput(shape: readonly number[], dtype: string, memoryOffset?: undefined, values?: tf.backend_util.BackendValues): tf.TensorInfo;
  readSync(dataId: object, start?: number, end?: number): Float32Array;
  disposeData(dataId: object, force?: boolean): boolean;
}
interface WasmData {
  readonly refCount: number;
  shape: readonly number[];
  parts?: { readonly real: tf.TensorInfo; readonly imag: tf.TensorInfo };
}

/** Lets a WebAssembly backend read and free tensors of complex numbers. */
function holdComplexNumbers(backend: WasmBackend): void {
  if (holding.has(backend)) return;
  holding.add(backend);
  const { readSync, disposeData } = backend;
  backend.readSync = (dataId, ...range) => {
    const { parts } = backend.dataIdMap.get(dataId);
    if (!parts) return readSync.call(backend, dataId, ...range);
    const [real, imag] = [parts.real, parts.imag].map((part) => readSync.call(backend, part.dataId)) as [Float32Array, Float32Array];
    return tf.backend_util.mergeRealAndImagArrays(real, imag);
  };
  backend.disposeData = (dataId, force = false) => {
    const data = backend.dataIdMap.has(dataId) ? backend.dataIdMap.get(dataId) : undefined;
    if (data?.parts && (force || data.refCount <= 1)) {
      for (const part of [data.parts.real, data.parts.imag]) disposeData.call(backend, part.dataId, true);
    }
    return disposeData.call(backend, dataId, force);
  };
}

const holding = new WeakSet<WasmBackend>();

const copy = (part: tf.TensorInfo, shape: readonly number[]) => {
  const backend = tf.backend() as unknown as WasmBackend;
  return backend.makeOutput(shape, 'float32', undefined, backend.readSync(part.dataId));
};

const complex: tf.KernelFunc = ({ inputs }) => {
  const { real, imag } = inputs as unknown as { readonly real: tf.TensorInfo; readonly imag: tf.TensorInfo };
  const backend = tf.backend() as unknown as WasmBackend;
  holdComplexNumbers(backend);
  const { dataId } = backend.makeOutput([0], 'complex64');
  const data = backend.dataIdMap.get(dataId);
  data.shape = real.shape;
  data.parts = { real: copy(real, real.shape), imag: copy(imag, imag.shape) };
  return { dataId, shape: real.shape, dtype: 'complex64' };
};

const part =
  (which: 'real' | 'imag'): tf.KernelFunc =>
  ({ inputs }) => {
    const { dataId, shape } = inputs['input']!;
    return copy((tf.backend() as unknown as WasmBackend).dataIdMap.get(dataId).parts![which], shape);
  };

type Tensors = Readonly<Record<string, tf.Tensor>>;
const isComplex = (inputs: Tensors) => Object.values(inputs).some(({ dtype }) => dtype === 'complex64');

/** A kernel that does the same to both parts. */
const partwise = (kernelName: string): Mend =>
  composedWhere<Tensors, tf.NamedAttrMap>(isComplex, (inputs, attributes) => {
    const names = Object.keys(inputs);
    const [real, imag] = [tf.real, tf.imag].map((take) => {
      const parts = Object.fromEntries(names.map((name) => [name, take(inputs[name]!)]));
      return tf.engine().runKernel(kernelName, Array.isArray(inputs) ? (Object.values(parts) as never) : parts, attributes) as tf.Tensor;
    });
    return tf.complex(real!, imag!);
  });

const always =
  (kernel: tf.KernelFunc): Mend =>
  () =>
    kernel;

/** The kernels of complex numbers. */
export const complexKernels: Mends = {
  Complex: always(complex),
  Real: always(part('real')),
  Imag: always(part('imag')),
  ComplexAbs: always(
    composed<{ readonly x: tf.Tensor }, object>(({ x }) => {
      const [re, im] = [tf.abs(tf.real(x)), tf.abs(tf.imag(x))];
      const [large, small] = [tf.maximum(re, im), tf.minimum(re, im)];
      const ratio = tf.divNoNan(small, large); // squares of what is small would be zero
      return tf.mul(large, tf.sqrt(tf.add(1, tf.square(ratio))));
    }),
  ),
  FFT: always(fft),
  IFFT: always(ifft),
  ...Object.fromEntries(
    ['Add', 'Sub', 'Neg', 'Concat', 'Slice', 'StridedSlice', 'Transpose', 'Reverse', 'Tile', 'ZerosLike'].map((name) => [
      name,
      partwise(name),
    ]),
  ),
  Multiply: composedWhere<{ readonly a: tf.Tensor; readonly b: tf.Tensor }, object>(
    (inputs) => isComplex(inputs),
    ({ a, b }) => {
      const [[ar, ai], [br, bi]] = [a, b].map((t) => [tf.real(t), tf.imag(t)]) as [[tf.Tensor, tf.Tensor], [tf.Tensor, tf.Tensor]];
      return tf.complex(tf.sub(tf.mul(ar, br), tf.mul(ai, bi)), tf.add(tf.mul(ar, bi), tf.mul(ai, br)));
    },
  ),
  OnesLike: composedWhere<{ readonly x: tf.Tensor }, object>(isComplex, ({ x }) => tf.complex(tf.ones(x.shape), tf.zeros(x.shape))),
  Cast: composedWhere<{ readonly x: tf.Tensor }, { readonly dtype: tf.DataType }>(
    ({ x }, { dtype }) => dtype === 'complex64' || x.dtype === 'complex64',
    ({ x }, { dtype }) => {
      if (dtype !== 'complex64') return tf.cast(tf.real(x), dtype);
      return x.dtype === 'complex64' ? tf.clone(x) : tf.complex(tf.cast(x, 'float32'), tf.zeros(x.shape));
    },
  ),
};
