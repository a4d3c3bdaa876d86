import type { Rng } from '@mgmt/core';

/** The kernels of one parameter: one on every observation, in their order, and the prior's at the end. Values are numbers as of `toNumber`. */
export interface Kernels {
  /** A value drawn from one kernel. */
  draw(kernel: number, rng: Rng): number;
  /** Adds the logarithm of every kernel's density at the value (with steps and choices: of its probability) to `sums`, `[kernels]`. */
  addLogDensities(value: number, sums: Float64Array): void;
}
