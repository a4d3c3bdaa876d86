import type { Rng } from '@mgmt/core';
import type { SearchSpace } from '../../distribution.js';
import { categoricalKernels } from './categoricalKernels.js';
import type { Kernels } from './kernels.js';
import { type KernelStyle, numericKernels } from './numericKernels.js';
import { observationWeights } from './observationWeights.js';

/** A point of a search: a number, as of `toNumber`, for every parameter, in the order of the space's names. */
export type Point = readonly number[];

/** A mixture of as many products of kernels as there are observations, and the prior. */
export interface ParzenEstimator {
  /** `[kernels]`, the prior's last; they add up to 1. */
  readonly weights: Float64Array;
  /** `[parameters]` */
  readonly kernels: readonly Kernels[];
}

/**
 * The density of observed points: each is the center of one kernel in all parameters at once.
 *
 * @param observations - `[n][parameters]`, the oldest first: of many, the old ones weigh less
 * @remarks Bergstra et al. 2011, papers.nips.cc/paper/4443; of several parameters together: Falkner et al. 2018, arXiv:1807.01774.
 */
export function parzenEstimator(observations: readonly Point[], space: SearchSpace, style: KernelStyle): ParzenEstimator {
  const weights = Float64Array.of(...observationWeights(observations.length), 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kernels = Object.values(space).map((distribution, parameter) => {
    const values = observations.map((point) => point[parameter]!);
    return distribution.kind === 'categorical'
      ? categoricalKernels(values, distribution.choices.length)
      : numericKernels(values, distribution, style);
  });
  return { weights: weights.map((weight) => weight / total), kernels };
}

/** A point of the mixture. */
export function drawPoint({ weights, kernels }: ParzenEstimator, rng: Rng): Point {
  let rest = rng.uniform();
  const drawn = weights.findIndex((weight) => (rest -= weight) < 0);
  const kernel = drawn < 0 ? weights.length - 1 : drawn; // rounding may leave a rest
  return kernels.map((of) => of.draw(kernel, rng));
}

/** The logarithm of the mixture's density at points, `[points]`. */
export function logDensities({ weights, kernels }: ParzenEstimator, points: readonly Point[]): number[] {
  const logWeights = weights.map(Math.log);
  const sums = new Float64Array(weights.length);
  return points.map((point) => {
    sums.set(logWeights);
    kernels.forEach((of, parameter) => of.addLogDensities(point[parameter]!, sums));
    return logSumOfExponentials(sums);
  });
}

function logSumOfExponentials(logs: Float64Array): number {
  let largest = -Infinity;
  for (let i = 0; i < logs.length; i++) if (logs[i]! > largest) largest = logs[i]!;
  if (largest === -Infinity) return largest;
  let sum = 0;
  for (let i = 0; i < logs.length; i++) sum += Math.exp(logs[i]! - largest);
  return largest + Math.log(sum);
}
