import * as tf from '@tensorflow/tfjs';

/** The numbers of a group norm. */
export interface GroupNormNumbers {
  /** Into which the channels are divided, neighbors together. */
  readonly groups: number;
  /** Added to the variance. */
  readonly epsilon: number;
}

/**
 * Group normalization: each sample's mean and biased variance over all places and the channels of one group, then a scale and an offset a channel.
 * With a gradient that keeps `x` and the statistics only.
 *
 * @param x - `[b, ..., c]`, any rank from 2
 * @param scale - `[c]`
 * @param offset - `[c]`
 * @remarks Wu & He 2018, doi:10.1007/978-3-030-01261-8_1.
 */
export function groupNorm(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor, { groups, epsilon }: GroupNormNumbers): tf.Tensor {
  const [b, c] = [x.shape[0]!, x.shape.at(-1)!];
  const inGroups = (t: tf.Tensor) => tf.reshape(t, [b, -1, groups, c / groups]); // [b, n, groups, c / groups]
  const overGroup = (t: tf.Tensor) => tf.mean(t, [1, 3], true); // [b, 1, groups, 1]
  const inRows = (t: tf.Tensor) => tf.reshape(t, [-1, c]); // [b n, c]
  const op = tf.customGrad((image, weight, bias, save) => {
    const [at, s, o] = [image, weight, bias] as [tf.Tensor, tf.Tensor, tf.Tensor];
    const { mean, variance } = tf.moments(inGroups(at), [1, 3], true);
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const normal = (of: tf.Tensor, m: tf.Tensor, i: tf.Tensor) => tf.mul(tf.sub(inGroups(of), m), i);
    (save as tf.GradSaveFunc)([at, s, mean, inverse]);
    return {
      value: tf.reshape(tf.add(tf.mul(inRows(normal(at, mean, inverse)), s), o), x.shape),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedX, savedScale, m, i] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        const y = normal(savedX, m, i);
        const rows = inRows(dy);
        const dNormal = inGroups(tf.mul(rows, savedScale));
        const along = tf.mul(y, overGroup(tf.mul(dNormal, y)));
        const dx = tf.mul(tf.sub(tf.sub(dNormal, overGroup(dNormal)), along), i);
        return [tf.reshape(dx, x.shape), tf.sum(tf.mul(rows, inRows(y)), 0), tf.sum(rows, 0)];
      },
    };
  });
  return op(x, scale, offset);
}
