import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { pairLogits, partners } from './pairLogits.js';

/** Options of {@link ntXent}. */
export interface NtXentOptions {
  /** By which cosines are divided; 0.1 by default, as for pretraining in Chen et al. 2020. The smaller, the more only the nearest others count. */
  readonly temperature?: number;
}

/**
 * The contrastive loss of SimCLR, normalized temperature-scaled cross entropy: for each of the 2 N views, how badly its partner is told from the 2 N - 2
 * views of other images. Differentiable; the length of an embedding does not matter, and no temperature overflows.
 *
 * ```text
 * s(i, j) = cos(z_i, z_j) / temperature
 * loss    = mean over i of  log sum over j ≠ i of exp s(i, j)  -  s(i, partner of i)
 * ```
 *
 * @param z - `[2 N, dim]`, where views k and k + N are of one image
 * @returns a scalar, the mean over the 2 N views; ln(2 N - 1) where all embeddings are alike, 6.236 at 256 pairs
 * @throws `MgmtError` `ssl-simclr/no-pairs` for an odd number of views; `ssl-simclr/bad-temperature`
 * @remarks Chen et al. 2020, arXiv:2002.05709, equation 1.
 * @example
 * const { loss, gradients } = lossAndGradients(variables, () => ntXent(trainingPass(model, views), { temperature: 0.1 }));
 */
export function ntXent(z: tf.Tensor2D, { temperature = 0.1 }: NtXentOptions = {}): tf.Scalar {
  checkTemperature(temperature);
  checkPairs(z);
  return tf.tidy(() => {
    const logProbabilities = tf.logSoftmax(pairLogits(z, temperature)); // [2n, 2n]
    const ofPartners = tf.mul(logProbabilities, tf.oneHot(partners(z.shape[0]), z.shape[0]));
    return tf.neg(tf.mean(tf.sum(ofPartners, 1)));
  });
}

/**
 * What {@link ntXent} is where the embeddings say nothing: ln(2 N - 1).
 *
 * @param pairs - N, the images of a batch
 * @example
 * chanceNtXent(256); // 6.236369590203704: ln 511
 */
export function chanceNtXent(pairs: number): number {
  return Math.log(2 * pairs - 1);
}

/** @throws `MgmtError` `ssl-simclr/bad-temperature` */
export function checkTemperature(temperature: number): void {
  if (temperature > 0 && temperature < Infinity) return;
  throw new MgmtError('this is no temperature', {
    code: 'ssl-simclr/bad-temperature',
    expected: 'a positive number',
    found: `${temperature}`,
  });
}

function checkPairs({ shape }: tf.Tensor2D): void {
  if (shape.length === 2 && shape[0] > 0 && shape[0] % 2 === 0) return;
  throw new MgmtError('the embeddings are not those of pairs', {
    code: 'ssl-simclr/no-pairs',
    expected: '[2 N, dim], the first views of N images and then the second ones',
    found: `[${shape.join(', ')}]`,
  });
}
