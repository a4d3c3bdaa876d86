import * as tf from '@tensorflow/tfjs';
import type { NativeOutput, NodeBackend, RawOps, StockCall } from './rawOps.js';

/** TensorFlow's code for bfloat16: the upper half of a float32. The binding passes it on, tfjs has no name for it. */
export const BFLOAT16 = 14;

/** Whether a tensor's elements are bfloat16 in TensorFlow; to tfjs they are float32. */
export function isBfloat16(raw: RawOps | undefined, tensor: tf.TensorInfo): boolean {
  return raw?.tensorMap.get(tensor.dataId)?.dtype === BFLOAT16;
}

/**
 * The tensor of an operation's output. From the first one in bfloat16 on, operations of tfjs itself that meet such a tensor take a float32 copy of it, and so
 * does whoever reads it: they know nothing of it, and go on working.
 */
export function tensorOf(backend: NodeBackend, output: NativeOutput): tf.Tensor {
  if (output.dtype !== BFLOAT16) return backend.createOutputTensor(output);
  widenForStockKernels(backend);
  const dataId = {};
  backend.tensorMap.set(dataId, { shape: output.shape, dtype: BFLOAT16, id: output.id, values: null, refCount: 1 });
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape: [...output.shape], dtype: 'float32' });
}

const widened = new WeakSet<NodeBackend>();

function widenForStockKernels(backend: NodeBackend): void {
  if (widened.has(backend)) return;
  widened.add(backend);
  const { tensorMap, binding } = backend;
  const [single, multiple, readSync] = [backend.executeSingleOutput, backend.executeMultipleOutputs, backend.readSync];
  const wide =
    <R>(run: (...call: StockCall) => R) =>
    (...[op, attributes, inputs, outputs]: StockCall): R =>
      withFloat32(backend, inputs, (floats) => run.call(backend, op, attributes, floats, outputs));
  backend.executeSingleOutput = wide(single);
  backend.executeMultipleOutputs = wide(multiple);
  backend.readSync = (dataId) => {
    const known = tensorMap.get(dataId);
    if (known?.dtype !== BFLOAT16) return readSync.call(backend, dataId);
    const id = widen(backend, known.id);
    try {
      return binding.tensorDataSync(id);
    } finally {
      binding.deleteTensor(id);
    }
  };
}

/** Runs an action on float32 copies of the tensors that are bfloat16, and frees the copies. */
export function withFloat32<R>(
  backend: NodeBackend,
  tensors: readonly tf.TensorInfo[],
  action: (floats: readonly tf.TensorInfo[]) => R,
): R {
  const { tensorMap, binding } = backend;
  const copies: tf.Tensor[] = [];
  const floats = tensors.map((tensor) => {
    const known = tensorMap.get(tensor.dataId);
    if (known?.dtype !== BFLOAT16) return tensor;
    const copy = backend.createOutputTensor({ id: widen(backend, known.id), shape: tensor.shape, dtype: binding.TF_FLOAT });
    copies.push(copy);
    return copy;
  });
  try {
    return action(floats);
  } finally {
    tf.dispose(copies);
  }
}

function widen({ binding }: NodeBackend, id: number): number {
  const attributes = [
    { name: 'SrcT', type: binding.TF_ATTR_TYPE, value: BFLOAT16 },
    { name: 'DstT', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
  ];
  return binding.executeOp('Cast', attributes, [id], 1)[0]!.id;
}
