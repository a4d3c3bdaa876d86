import { numericAxis, type NumericAxis, placeOf, valueAt } from '../../transform/numericAxis.js';
import type { FloatDistribution, IntDistribution } from '../../distribution.js';
import type { Kernels } from './kernels.js';
import { logNormalBetween, truncatedNormalQuantile } from './logNormal.js';

/**
 * Whose kernels. Optuna 2's (until 4, of one parameter alone): the prior, in the middle of the range, is a neighbor whose distance makes a kernel wide or
 * narrow, and a logarithmic range of integers has a density as if it had no steps. Optuna 5's: only observations are neighbors, and such a range has
 * probabilities as every other with steps.
 */
export type KernelStyle = 'optuna2' | 'optuna5';

/** Kernels of a range: normal distributions on its axis, cut off at its ends. */
export interface NumericKernels extends Kernels {
  /** `[kernels]`, on the axis; the prior's last. */
  readonly mus: Float64Array;
  readonly sigmas: Float64Array;
}

/**
 * A kernel on every observation and the prior, which stands in the middle and is as wide as the range.
 *
 * A kernel is as wide as the larger of the gaps to its neighbors, at most the range, and at least `range / min(100, 1 + kernels)`; with a step, a value's
 * probability is the mass within half a step.
 *
 * @param observations - `[n]` values
 * @remarks Bergstra et al. 2011, papers.nips.cc/paper/4443, section 4.2; the smallest width is Hyperopt's and Optuna's `magic clip`.
 */
export function numericKernels(
  observations: readonly number[],
  distribution: FloatDistribution | IntDistribution,
  style: KernelStyle,
): NumericKernels {
  const axis = numericAxis(distribution);
  const { bottom, top, step, log } = axis;
  const middle = 0.5 * (bottom + top);
  const mus = Float64Array.of(...observations.map((value) => placeOf(axis, value)), middle);
  const widths = gaps(style === 'optuna5' ? mus.subarray(0, -1) : mus, bottom, top);
  const narrowest = (top - bottom) / Math.min(100, 1 + mus.length);
  const sigmas = mus.map((_, i) => (i === mus.length - 1 ? top - bottom : Math.min(Math.max(widths[i]!, narrowest), top - bottom)));
  const logInside = mus.map((mu, i) => logNormalBetween((bottom - mu) / sigmas[i]!, (top - mu) / sigmas[i]!));
  return {
    mus,
    sigmas,
    draw: (kernel, rng) => {
      const mu = mus[kernel]!;
      const sigma = sigmas[kernel]!;
      const z = truncatedNormalQuantile(rng.uniform(), (bottom - mu) / sigma, (top - mu) / sigma);
      return valueAt(axis, mu + sigma * z);
    },
    addLogDensities: (step === 0 || (log && style === 'optuna2') ? densities : masses)(axis, mus, sigmas, logInside),
  };
}

function densities(axis: NumericAxis, mus: Float64Array, sigmas: Float64Array, logInside: Float64Array): Kernels['addLogDensities'] {
  const constants = sigmas.map((sigma, i) => -Math.log(sigma * Math.sqrt(2 * Math.PI)) - logInside[i]!);
  return (value, sums) => {
    const place = placeOf(axis, value);
    for (let i = 0; i < sums.length; i++) {
      const z = (place - mus[i]!) / sigmas[i]!;
      sums[i]! += constants[i]! - 0.5 * z * z;
    }
  };
}

function masses(axis: NumericAxis, mus: Float64Array, sigmas: Float64Array, logInside: Float64Array): Kernels['addLogDensities'] {
  return (value, sums) => {
    const left = placeOf(axis, value - axis.step / 2);
    const right = placeOf(axis, value + axis.step / 2);
    for (let i = 0; i < sums.length; i++) {
      sums[i]! += logNormalBetween((left - mus[i]!) / sigmas[i]!, (right - mus[i]!) / sigmas[i]!) - logInside[i]!;
    }
  };
}

/** Of every point the larger of the gaps to the points beside it. The outermost two of several look inwards only; one that is alone looks to the ends. */
function gaps(points: Float64Array, bottom: number, top: number): Float64Array {
  const order = Array.from(points.keys()).sort((a, b) => points[a]! - points[b]!);
  if (order.length === 1) return Float64Array.of(Math.max(points[0]! - bottom, top - points[0]!));
  const widest = new Float64Array(points.length);
  for (let rank = 1; rank < order.length; rank++) {
    const [left, right] = [order[rank - 1]!, order[rank]!];
    const gap = points[right]! - points[left]!;
    widest[left] = Math.max(widest[left]!, gap);
    widest[right] = gap;
  }
  return widest;
}
