import * as tf from '@tensorflow/tfjs';
import { composedWhere, type Mend } from './kernel.js';

interface Inputs {
  readonly a: tf.Tensor;
  readonly b: tf.Tensor;
}
interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const batchOf = ({ shape }: tf.Tensor) => shape.slice(0, -2);

/** `BatchMatMul` where both factors have batches and these differ, `[2, 1, m, k]` by `[1, 3, k, n]`: stock ones run out of step. */
export const batchMatMul: Mend = composedWhere<Inputs, Attributes>(
  ({ a, b }) => {
    const [batchA, batchB] = [batchOf(a), batchOf(b)];
    return !tf.util.arraysEqual(batchA, batchB) && tf.util.sizeFromShape(batchA) > 1 && tf.util.sizeFromShape(batchB) > 1;
  },
  ({ a, b }, { transposeA, transposeB }) => {
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchOf(a), batchOf(b));
    const [wideA, wideB] = [a, b].map((t) => tf.broadcastTo(t, [...batch, ...t.shape.slice(-2)])) as [tf.Tensor, tf.Tensor];
    return tf.matMul(wideA, wideB, transposeA, transposeB);
  },
);

/** The same of integers as of floats, which are the only ones that WebAssembly multiplies. */
export const integerMatMul: Mend = composedWhere<Inputs, Attributes>(
  ({ a, b }) => a.dtype !== 'float32' || b.dtype !== 'float32',
  ({ a, b }, { transposeA, transposeB }) =>
    tf.cast(tf.matMul(tf.cast(a, 'float32'), tf.cast(b, 'float32'), transposeA, transposeB), tf.upcastType(a.dtype, b.dtype)),
);
