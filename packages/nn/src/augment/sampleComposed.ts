import * as tf from '@tensorflow/tfjs';
import { type Course, coursesOf, type Sampling } from './sampling.js';

/**
 * Reads a volume by operations of any backend: for those that compute on a GPU, whose tensors should stay there.
 *
 * @param voxels - `[d, h, w, c]`
 * @returns `[d', h', w', c]`
 */
export function sampleComposed(voxels: tf.Tensor4D, sampling: Sampling): tf.Tensor4D {
  return tf.tidy(() => {
    const { source, target, channels } = sampling;
    const n = source[0] * source[1] * source[2];
    const flat = tf.reshape(voxels, [n, channels]) as tf.Tensor2D;
    const places = coursesOf(sampling).map((course, axis) => tf.tidy(() => placesAlong(course, axis, sampling)));
    const lows = places.map((place, axis) => tf.tidy(() => tf.minimum(tf.floor(place), Math.max(source[axis]! - 2, 0))));
    const corner = tf.tidy(() => {
      const [k, j, i] = lows.map((low) => tf.cast(low, 'int32')) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const times = (index: tf.Tensor, extent: number) => tf.mul(index, tf.scalar(extent, 'int32')); // a plain number would make it float32
      return tf.reshape(tf.add(times(tf.add(times(k, source[1]), j), source[2]), i), [-1]) as tf.Tensor1D;
    });
    const shares = places.map((place, axis) => tf.tidy(() => tf.reshape(tf.sub(place, lows[axis]!), [-1, 1])));
    const strides = [source[1] * source[2], source[2], 1];
    const read = (axis: number, offset: number): tf.Tensor => {
      if (axis === 3) return tf.gather(tf.slice(flat, [offset, 0], [n - offset, channels]), corner);
      if (source[axis] === 1) return read(axis + 1, offset);
      return tf.tidy(() => {
        const [near, far] = [read(axis + 1, offset), read(axis + 1, offset + strides[axis]!)];
        return tf.add(near, tf.mul(tf.sub(far, near), shares[axis]!));
      });
    };
    return tf.reshape(read(0, 0), [...target, channels]) as tf.Tensor4D;
  });
}

/** The place in the source along one axis of every voxel of the result, `[d', h', w']`. */
function placesAlong({ start, steps }: Course, axis: number, { source, target, outside }: Sampling): tf.Tensor {
  const along = target.map((n, of) => {
    const shape = target.map((_, other) => (other === of ? n : 1));
    return tf.tensor(
      Float32Array.from({ length: n }, (_, i) => (of === 0 ? start : 0) + i * steps[of]!),
      shape,
    );
  }) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const places = tf.add(tf.add(along[0], along[1]), along[2]);
  const last = source[axis]! - 1;
  if (outside === 'border' || last === 0) return tf.clipByValue(places, 0, last);
  const folded = tf.sub(last, tf.abs(tf.sub(tf.mod(tf.abs(places), 2 * last), last)));
  return tf.clipByValue(folded, 0, last);
}
