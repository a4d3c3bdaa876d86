import * as tf from '@tensorflow/tfjs';
import { rawAttributes, type RawOps } from '../backend/rawOps.js';

/** A block of a tensor, without a gradient; also in bfloat16. */
export function sliceRaw(raw: RawOps, x: tf.TensorInfo, begin: readonly number[], size: readonly number[]): tf.Tensor {
  const bounds = [begin, size].map((values) => tf.tensor1d([...values], 'int32'));
  const [y] = raw.run('Slice', [rawAttributes.typeOf(raw, x), rawAttributes.integerType(raw, 'Index')], [x, ...bounds], 1);
  tf.dispose(bounds);
  return y!;
}

/** A tensor with zeros around it, without a gradient; also in bfloat16. */
export function padRaw(raw: RawOps, x: tf.TensorInfo, pads: readonly (readonly [before: number, after: number])[]): tf.Tensor {
  const paddings = tf.tensor2d(pads.flat(), [pads.length, 2], 'int32');
  const [y] = raw.run('Pad', [rawAttributes.typeOf(raw, x), rawAttributes.integerType(raw, 'Tpaddings')], [x, paddings], 1);
  paddings.dispose();
  return y!;
}
