import * as tf from '@tensorflow/tfjs';

/**
 * Operations of TensorFlow's C library called by name, as `@tensorflow/tfjs-node` passes them through.
 *
 * What this is not: a backend, a second tensor library, or a way for models to reach the machine. It knows no shapes and no gradients, and it
 * exists only while the current backend is the native one. The kernels in `../ops` and the Adam update use it; each has a plain composition
 * beside it for every other backend, which is also what its tests compare with.
 */
export interface RawOps {
  /** Runs an operation eagerly. The outputs belong to the caller, and to the scope that is open. */
  run(op: string, attributes: readonly RawAttribute[], inputs: readonly tf.TensorInfo[], outputs: number): tf.Tensor[];
  readonly binding: NativeBinding;
  readonly usesGpu: boolean;
  /** Where the backend keeps what it knows of each tensor. */
  readonly tensorMap: { get(dataId: object): NativeTensor | undefined };
}

/** An attribute of an operation, with the binding's code for its type. */
export interface RawAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean | string | readonly number[];
}

/** What tfjs-node remembers of a tensor: the handle of TensorFlow's tensor, or values that are not yet there (`id` below zero). */
export interface NativeTensor {
  id: number;
  values: unknown;
  readonly refCount: number;
}

/** The part of tfjs-node's binding that is used here. */
export interface NativeBinding {
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_Version: string;
  executeOp(
    op: string,
    attributes: readonly RawAttribute[],
    inputIds: readonly number[],
    outputs: number,
  ): readonly { readonly id: number; readonly shape: readonly number[] }[];
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array;
}

interface NodeBackend {
  readonly binding: NativeBinding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: RawOps['tensorMap'];
  executeMultipleOutputs: RawOps['run'];
}

/** The raw operations of the current backend; `undefined` on every backend but TensorFlow's own. */
export function rawOps(): RawOps | undefined {
  const backend = tf.backend() as unknown as Partial<NodeBackend>;
  if (known?.backend === backend) return known.ops;
  const { binding, tensorMap } = backend;
  const ops: RawOps | undefined =
    tf.getBackend() === 'tensorflow' && binding && tensorMap && typeof backend.executeMultipleOutputs === 'function'
      ? { run: backend.executeMultipleOutputs.bind(backend), binding, tensorMap, usesGpu: backend.isUsingGpuDevice === true }
      : undefined;
  known = { backend, ops };
  return ops;
}

let known: { readonly backend: unknown; readonly ops: RawOps | undefined } | undefined;

/** Attributes by the binding's codes. */
export const rawAttributes = {
  type: ({ binding }: RawOps, name = 'T'): RawAttribute => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }),
  float: ({ binding }: RawOps, name: string, value: number): RawAttribute => ({ name, type: binding.TF_ATTR_FLOAT, value }),
  bool: ({ binding }: RawOps, name: string, value: boolean): RawAttribute => ({ name, type: binding.TF_ATTR_BOOL, value }),
  text: ({ binding }: RawOps, name: string, value: string): RawAttribute => ({ name, type: binding.TF_ATTR_STRING, value }),
  integers: ({ binding }: RawOps, name: string, value: readonly number[]): RawAttribute => ({ name, type: binding.TF_ATTR_INT, value }),
  shape: ({ binding }: RawOps, name: string, value: readonly number[]): RawAttribute => ({ name, type: binding.TF_ATTR_SHAPE, value }),
};
