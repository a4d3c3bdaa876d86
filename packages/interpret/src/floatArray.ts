import type * as tf from '@tensorflow/tfjs';

/** Numbers in C order with their shape, plain data: what goes to a report, a file, or another thread. */
export interface FloatArray {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** A tensor's numbers, copied: some backends hand out their own memory. The tensor stays. */
export async function readTensor(tensor: tf.Tensor): Promise<FloatArray> {
  return { data: Float32Array.from(await tensor.data()), shape: [...tensor.shape] };
}
