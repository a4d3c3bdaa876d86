import * as tf from '@tensorflow/tfjs';

/** What the plain JavaScript backend can do beside the kernels: make tensors of its own, read and free them. */
interface CpuBackend {
  firstUse: boolean;
  makeTensorInfo(shape: readonly number[], dtype: tf.DataType, values: tf.backend_util.BackendValues): tf.TensorInfo;
  readSync(dataId: object): tf.backend_util.BackendValues;
  disposeData(dataId: object): boolean;
}

/** A kernel of the plain JavaScript backend, on the data of the current one, which is copied there and back: right, and slow. */
export function onCpu(kernelName: string): tf.KernelFunc {
  return ({ inputs, attrs }) => {
    const cpu = tf.engine().findBackend('cpu') as unknown as CpuBackend;
    cpu.firstUse = false; // else it prints an advertisement for tfjs-node
    const { kernelFunc } = tf.getKernel(kernelName, 'cpu');
    const copies: tf.TensorInfo[] = [];
    const copy = ({ dataId, shape, dtype }: tf.TensorInfo) => {
      const made = cpu.makeTensorInfo(shape, dtype, tf.engine().readSync(dataId));
      copies.push(made);
      return made;
    };
    const given = Object.entries(inputs as Readonly<Record<string, tf.TensorInfo | tf.TensorInfo[]>>);
    const there = given.map(([name, input]) => [name, Array.isArray(input) ? input.map(copy) : copy(input)] as const);
    const results = kernelFunc({ inputs: Object.fromEntries(there) as tf.NamedTensorInfoMap, attrs: attrs!, backend: cpu });
    const back = [results]
      .flat()
      .map(({ dataId, shape, dtype }) => tf.engine().makeTensor(cpu.readSync(dataId) as tf.DataValues, shape, dtype));
    for (const { dataId } of [...copies, ...[results].flat()]) cpu.disposeData(dataId);
    return Array.isArray(results) ? back : back[0]!;
  };
}
