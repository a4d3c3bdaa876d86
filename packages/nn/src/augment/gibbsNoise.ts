import * as tf from '@tensorflow/tfjs';
import { alongAxis, matrixOf } from './alongAxis.js';
import { eachSample, type ImageBatch, spatialOf } from './imageBatch.js';
import type { Range } from './range.js';

/**
 * Every sample without its high frequencies, as a scanner sees that measures too few of them: edges ring. One strength for all channels. Without a
 * gradient.
 *
 * @param alphas - the strength for each sample, 0 to 1: frequencies stay within `1 - alpha` of the half diagonal of a square. So 0 changes no image, but
 * it takes the corners from a volume's frequencies; at 1 all are gone, or all but the constant where an extent is odd.
 * @throws `MgmtError` `nn/no-image-batch`, `nn/parameter-for-each-sample`
 * @remarks `GibbsNoise` of MONAI 0.8, which measures the distance from between the two middle frequencies where an extent is even.
 */
export function gibbsNoise<T extends ImageBatch>(x: T, alphas: readonly number[]): T {
  return eachSample(x, alphas, (sample, alpha) => filtered(sample, keptFrequencies(spatialOf(sample), alpha)));
}

/** Some of the samples get Gibbs noise. */
export interface RandomGibbsNoise {
  readonly step: 'gibbsNoise';
  readonly probability: number;
  readonly alpha: Range;
}

/** Random {@link gibbsNoise} as data; any strength by default, as in MONAI. */
export function randomGibbsNoise({
  probability,
  alpha = [0, 1],
}: {
  readonly probability: number;
  readonly alpha?: Range;
}): RandomGibbsNoise {
  return { step: 'gibbsNoise', probability, alpha };
}

/**
 * How much of each frequency stays, `[1, ..., h, w / 2 + 1, 1]`, lowest first. A real image's frequencies come in pairs, and the real part of the result
 * holds the mean of what is kept of each pair: 0, a half, or 1. Along the width one of a pair stands for both.
 */
function keptFrequencies(spatial: readonly number[], alpha: number): tf.Tensor {
  const radius = ((1 - alpha) * Math.max(...spatial) * Math.sqrt(2)) / 2;
  const [d, h, w] = [...[1, 1].slice(spatial.length - 1), ...spatial] as [number, number, number];
  const half = Math.floor(w / 2) + 1;
  const [zs, ys, xs] = [d, h, w].map(squaredDistances) as [Float64Array, Float64Array, Float64Array];
  const isKept = (k: number, j: number, i: number) => Math.sqrt(zs[k]! + ys[j]! + xs[i]!) <= radius;
  const kept = new Float32Array(d * h * half);
  for (let k = 0, at = 0; k < d; k++) {
    for (let j = 0; j < h; j++) {
      for (let i = 0; i < half; i++) {
        const ofPair = Number(isKept(k, j, i)) + Number(isKept((d - k) % d, (h - j) % h, (w - i) % w));
        const isAlone = i === 0 || 2 * i === w; // the constant, and the highest of an even extent
        kept[at++] = isAlone ? ofPair / 2 : ofPair;
      }
    }
  }
  return tf.tensor(kept, [1, ...spatial.slice(0, -1), half, 1]);
}

/** Of each frequency from the middle of the spectrum, squared; the spectrum is laid out with its constant at `n >> 1`. */
function squaredDistances(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => (((k + (n >> 1)) % n) - (n - 1) / 2) ** 2);
}

interface Complex<T extends tf.Tensor = tf.Tensor> {
  readonly re: T;
  readonly im: T;
}

/**
 * The image with each of its frequencies multiplied by a factor. A Fourier transform is a matrix product along each axis: any extent, every backend.
 *
 * @param image - `[1, ..., h, w, c]`
 * @param factors - `[1, ..., h, w / 2 + 1, 1]`
 */
function filtered(image: tf.Tensor, factors: tf.Tensor): tf.Tensor {
  const width = image.rank - 2;
  const extents = image.shape.slice(1, -1);
  const waves = new Map([...new Set(extents)].map((n) => [n, wavesOf(n)]));
  const others = extents.slice(0, -1).map((n, i) => ({ axis: i + 1, wave: waves.get(n)! }));
  const { re, im } = waves.get(image.shape[width]!)!;
  const [n, half] = [re.shape[0], factors.shape[width]!];
  const forth = { re: tf.slice(re, [0, 0], [half, n]), im: tf.neg(tf.slice(im, [0, 0], [half, n])) };
  const back = { re: tf.slice(re, [0, 0], [n, half]), im: tf.slice(im, [0, 0], [n, half]) };
  let spectrum: Complex = { re: alongAxis(image, width, forth.re), im: alongAxis(image, width, forth.im) };
  for (const { axis, wave } of others) spectrum = turned(spectrum, axis, { re: wave.re, im: tf.neg(wave.im) });
  const scaled = tf.div(factors, tf.util.sizeFromShape(extents));
  spectrum = { re: tf.mul(spectrum.re, scaled), im: tf.mul(spectrum.im, scaled) };
  for (const { axis, wave } of others) spectrum = turned(spectrum, axis, wave);
  return tf.sub(alongAxis(spectrum.re, width, back.re), alongAxis(spectrum.im, width, back.im));
}

/** The product with a complex matrix along an axis. */
function turned({ re, im }: Complex, axis: number, matrix: Complex<tf.Tensor2D>): Complex {
  return {
    re: tf.sub(alongAxis(re, axis, matrix.re), alongAxis(im, axis, matrix.im)),
    im: tf.add(alongAxis(im, axis, matrix.re), alongAxis(re, axis, matrix.im)),
  };
}

/** Cosine and sine of `2 pi j k / n`, each `[n, n]`. */
function wavesOf(n: number): Complex<tf.Tensor2D> {
  const matrix = (wave: (angle: number) => number) => {
    const values = Float64Array.from({ length: n }, (_, i) => wave((2 * Math.PI * i) / n));
    return matrixOf(n, n, (row, j) => {
      for (let k = 0; k < n; k++) row[k] = values[(j * k) % n]!;
    });
  };
  return { re: matrix(Math.cos), im: matrix(Math.sin) };
}
