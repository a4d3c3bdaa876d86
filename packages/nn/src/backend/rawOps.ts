import * as tf from '@tensorflow/tfjs';
import { tensorOf, withFloat32 } from './bfloat16.js';

/**
 * Operations of TensorFlow's C library called by name, as `@tensorflow/tfjs-node` passes them through.
 *
 * What this is not: a backend, a second tensor library, or a way for models to reach the machine. It knows no shapes and no gradients, and it
 * exists only while the current backend is the native one. The kernels in `../ops` and the Adam update use it; each has a plain composition
 * beside it for every other backend, which is also what its tests compare with.
 */
export interface RawOps {
  /**
   * Runs an operation eagerly. The outputs belong to the caller, and to the scope that is open; those in bfloat16 are float32 to tfjs. An operation that asks
   * for float32 by its attribute `T` gets it, also of inputs in bfloat16.
   */
  run(op: string, attributes: readonly RawAttribute[], inputs: readonly tf.TensorInfo[], outputs: number): tf.Tensor[];
  /** The binding's code for the type of a tensor's elements. */
  typeOf(tensor: tf.TensorInfo): number;
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
  /** The binding's code for the type of its elements. */
  readonly dtype: number;
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
  executeOp(op: string, attributes: readonly RawAttribute[], inputIds: readonly number[], outputs: number): readonly NativeOutput[];
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array;
}

/** What an operation gave: TensorFlow's tensor by its handle. */
export interface NativeOutput {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

/** The part of tfjs-node's backend that is used here. */
export interface NodeBackend {
  readonly binding: NativeBinding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: RawOps['tensorMap'] & { set(dataId: object, tensor: object): void };
  createOutputTensor(output: NativeOutput): tf.Tensor;
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
  executeSingleOutput(...call: StockCall): tf.Tensor;
  executeMultipleOutputs(...call: StockCall): tf.Tensor[];
  readSync(dataId: object): unknown;
}

/** How tfjs-node's own kernels ask for an operation. */
export type StockCall = readonly [op: string, attributes: readonly RawAttribute[], inputs: readonly tf.TensorInfo[], outputs?: number];

/** The raw operations of the current backend; `undefined` on every backend but TensorFlow's own. */
export function rawOps(): RawOps | undefined {
  const backend = tf.backend() as unknown as Partial<NodeBackend>;
  if (known?.backend === backend) return known.ops;
  const isNative = tf.getBackend() === 'tensorflow' && typeof backend.executeMultipleOutputs === 'function' && 'tensorMap' in backend;
  const ops = isNative ? opsOf(backend as NodeBackend) : undefined;
  known = { backend, ops };
  return ops;
}

function opsOf(backend: NodeBackend): RawOps {
  const { binding, tensorMap } = backend;
  return {
    run(op, attributes, inputs, outputs) {
      const execute = (tensors: readonly tf.TensorInfo[]) =>
        binding.executeOp(op, attributes, backend.getInputTensorIds(tensors), outputs).map((output) => tensorOf(backend, output));
      const asksForFloat32 = attributes.some(({ name, value }) => name === 'T' && value === binding.TF_FLOAT);
      return asksForFloat32 ? withFloat32(backend, inputs, execute) : execute(inputs);
    },
    typeOf: ({ dataId }) => tensorMap.get(dataId)!.dtype,
    binding,
    tensorMap,
    usesGpu: backend.isUsingGpuDevice === true,
  };
}

let known: { readonly backend: unknown; readonly ops: RawOps | undefined } | undefined;

/** Attributes by the binding's codes. */
export const rawAttributes = {
  type: ({ binding }: RawOps, name = 'T'): RawAttribute => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }),
  typeOf: (raw: RawOps, tensor: tf.TensorInfo, name = 'T'): RawAttribute => ({
    name,
    type: raw.binding.TF_ATTR_TYPE,
    value: raw.typeOf(tensor),
  }),
  integerType: ({ binding }: RawOps, name: string): RawAttribute => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 }),
  float: ({ binding }: RawOps, name: string, value: number): RawAttribute => ({ name, type: binding.TF_ATTR_FLOAT, value }),
  bool: ({ binding }: RawOps, name: string, value: boolean): RawAttribute => ({ name, type: binding.TF_ATTR_BOOL, value }),
  text: ({ binding }: RawOps, name: string, value: string): RawAttribute => ({ name, type: binding.TF_ATTR_STRING, value }),
  integer: ({ binding }: RawOps, name: string, value: number): RawAttribute => ({ name, type: binding.TF_ATTR_INT, value }),
  integers: ({ binding }: RawOps, name: string, value: readonly number[]): RawAttribute => ({ name, type: binding.TF_ATTR_INT, value }),
  shape: ({ binding }: RawOps, name: string, value: readonly number[]): RawAttribute => ({ name, type: binding.TF_ATTR_SHAPE, value }),
};
