import * as tf from '@tensorflow/tfjs';
import { composedWhere, type Mends } from './kernel.js';

type Operands = Readonly<Record<'a' | 'b', tf.Tensor>>;

/**
 * Operations of two tensors that have more axes than the backend's own kernels take: a vector, a bias or a scale, goes over rows, `[n, c]`, everything
 * else over one axis.
 *
 * @param isTooMuch - of the larger rank and the smaller one
 */
export function ofFewerAxes(kernelNames: readonly string[], isTooMuch: (larger: number, smaller: number) => boolean): Mends {
  const mend = (kernelName: string) =>
    composedWhere<Operands, object>(
      ({ a, b }) => isTooMuch(Math.max(a.rank, b.rank), Math.min(a.rank, b.rank)),
      ({ a, b }) => {
        const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
        const byRows = a.rank === 1 || b.rank === 1;
        const operand = (t: tf.Tensor) => {
          if (t.rank === 0 || (byRows && t.rank === 1)) return t;
          if (byRows) return tf.reshape(t, [-1, t.shape.at(-1)!]);
          return tf.reshape(tf.util.arraysEqual(t.shape, shape) ? t : tf.broadcastTo(t, shape), [-1]);
        };
        const result = tf.engine().runKernel(kernelName, { a: operand(a), b: operand(b) }) as tf.Tensor;
        return tf.reshape(result, shape);
      },
    );
  return Object.fromEntries(kernelNames.map((name) => [name, mend(name)]));
}

/** The operations of two tensors by their kernels. */
export const BINARY = [
  'Add',
  'Atan2',
  'Equal',
  'FloorDiv',
  'Greater',
  'GreaterEqual',
  'Less',
  'LessEqual',
  'LogicalAnd',
  'LogicalOr',
  'Maximum',
  'Minimum',
  'Mod',
  'Multiply',
  'NotEqual',
  'Pow',
  'RealDiv',
  'SquaredDifference',
  'Sub',
] as const;
