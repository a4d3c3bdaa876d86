import * as tf from '@tensorflow/tfjs';
import { composed } from './kernel.js';

/** `UnsortedSegmentSum`, the gradient of gathering: rows are added up where their segment lies. A segment out of range takes none. */
export const unsortedSegmentSum = composed<{ readonly x: tf.Tensor; readonly segmentIds: tf.Tensor }, { readonly numSegments: number }>(
  ({ x, segmentIds }, { numSegments }) => {
    const rest = x.shape.slice(segmentIds.rank);
    const ids = tf.reshape(segmentIds, [-1, 1]); // [rows, 1]
    const rows = tf.reshape(x, [ids.shape[0]!, rest.reduce((product, n) => product * n, 1)]);
    const counts = tf.logicalAnd(tf.greaterEqual(ids, 0), tf.less(ids, numSegments));
    const places = tf.cast(tf.mul(ids, tf.cast(counts, 'int32')), 'int32');
    const kept = tf.mul(rows, tf.cast(counts, x.dtype));
    return tf.reshape(tf.scatterND(places, kept, [numSegments, rows.shape[1]!]), [numSegments, ...rest]);
  },
);
