import type { Kernels } from './kernels.js';

/** Kernels of a list: probabilities of its choices. */
export interface CategoricalKernels extends Kernels {
  /** `[kernels][choices]`; the prior's last, each adds up to 1. */
  readonly probabilities: readonly Float64Array[];
}

/**
 * A kernel on every observation, which gives the observed choice 1 and every choice `1 / kernels` more, and the prior, which gives all the same.
 *
 * @param observations - `[n]` places in the list
 * @remarks As Optuna's.
 */
export function categoricalKernels(observations: readonly number[], choices: number): CategoricalKernels {
  const floor = 1 / (observations.length + 1);
  const total = 1 + choices * floor;
  const prior = new Float64Array(choices).fill(1 / choices);
  const probabilities = [...observations.map((chosen) => prior.map((_, i) => (floor + (i === chosen ? 1 : 0)) / total)), prior];
  const logs = probabilities.map((kernel) => kernel.map(Math.log));
  return {
    probabilities,
    draw: (kernel, rng) => {
      let rest = rng.uniform();
      const place = probabilities[kernel]!.findIndex((probability) => (rest -= probability) < 0);
      return place < 0 ? choices - 1 : place; // rounding may leave a rest
    },
    addLogDensities: (value, sums) => {
      for (let i = 0; i < sums.length; i++) sums[i]! += logs[i]![value]!;
    },
  };
}
