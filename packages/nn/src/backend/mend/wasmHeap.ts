import type * as tf from '@tensorflow/tfjs';

/** What a kernel on WebAssembly is given: the backend, whose memory it may read and write. */
export interface HeapArguments<Inputs, Attributes> {
  readonly inputs: Inputs;
  readonly attrs: Attributes;
  readonly backend: {
    makeOutput(shape: readonly number[], dtype: string): tf.TensorInfo;
    /** Only until the next tensor is made: the memory may move. */
    typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
  };
}
