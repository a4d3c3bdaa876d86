import * as tf from '@tensorflow/tfjs';
import type { HeapArguments } from './wasmHeap.js';

interface Inputs {
  readonly x: tf.TensorInfo;
}
interface Attributes {
  readonly begin: number | number[];
  readonly size: number | number[];
}

/**
 * `Slice` on WebAssembly, in its memory, at any rank: the runs that lie together are copied one after the other. tfjs's own copies the whole tensor
 * first, takes a thousand times as long from rank 5 on, and reads beyond the end where it is asked to.
 */
export function sliceOnHeap({ inputs: { x }, attrs: { begin, size }, backend }: HeapArguments<Inputs, Attributes>): tf.TensorInfo {
  const [from, extents] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
  tf.slice_util.assertParamsValid(x, from, extents);
  const result = backend.makeOutput(extents, x.dtype);
  const [source, target] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(result)];
  if (target.length === 0) return result;
  let axis = extents.length - 1; // of the outermost axis within a run
  while (axis > 0 && extents[axis] === x.shape[axis]) axis--;
  const strides = [...tf.util.computeStrides(x.shape), 1];
  const run = axis < 0 ? 1 : extents[axis]! * strides[axis]!;
  const offset = from.reduce((sum, start, each) => sum + start * strides[each]!, 0);
  const place = extents.slice(0, Math.max(axis, 0)).map(() => 0); // of the run, along the axes outside it
  for (let to = 0; to < target.length; to += run) {
    const at = place.reduce((sum, index, each) => sum + index * strides[each]!, offset);
    if (run < 16) for (let i = 0; i < run; i++) target[to + i] = source[at + i]!;
    else target.set(source.subarray(at, at + run), to);
    for (let each = place.length - 1; each >= 0 && ++place[each]! === extents[each]; each--) place[each] = 0;
  }
  return result;
}
