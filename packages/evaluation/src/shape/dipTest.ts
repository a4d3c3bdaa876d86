import type { Rng } from '@mgmt/core';
import { checkCount, checkFinite } from '../checkValues.js';
import { expit, logit } from '../logistic.js';
import { DIP_QUANTILES, DIP_TAILS } from './dipQuantiles.js';
import { sortedDip } from './dipStatistic.js';

/** How the p-value is found. By default from a table, to some 2 % of its value. */
export interface DipTestOptions {
  /** To simulate instead: uniform samples drawn, such as 10,000, and where they come from. */
  readonly simulation?: { readonly samples: number; readonly rng: Rng };
}

/** The dip, and how often a uniform sample has as large a one. */
export interface DipTest {
  readonly dip: number;
  /** From a table never below 0.0001, where it ends; simulated never below 1 / (samples + 1). */
  readonly p: number;
}

/**
 * Hartigan's dip test of "these values have one hill".
 *
 * Its p-value is that of a uniform sample, the unimodal distribution with the largest dips; of others it rejects far less than it says: 6 of 10,000
 * normal samples of 117 values at 0.05. So a small p says two hills or more, and a large one does not prove a single hill.
 *
 * Rounded values dip by themselves. Steps of a fiftieth of the deviation do no harm; steps of a fifth make every second sample of 117 significant.
 *
 * @param values - `[n]`, finite; fewer than four, or equal ones, give p = 1
 * @param options - table or simulation
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/bad-option`
 * @remarks Hartigan & Hartigan 1985, doi:10.1214/aos/1176346577. The table is over sqrt(n) x dip, for 4 to 5,000 values; in between it is
 * interpolated, and above it stays as it is.
 * @example
 * dipTest(probabilities); // { dip: 0.021, p: 0.99 }
 */
export function dipTest(values: ArrayLike<number>, { simulation }: DipTestOptions = {}): DipTest {
  const sorted = checkFinite(values).sort();
  const n = sorted.length;
  const dip = sortedDip(sorted);
  if (simulation === undefined) return { dip, p: tabledPValue(dip, n) };
  const { samples, rng } = simulation;
  checkCount(samples, 'samples');
  let asLarge = 1;
  for (let sample = 0; sample < samples; sample++) {
    const uniform = Float64Array.from({ length: n }, () => rng.uniform()).sort();
    if (sortedDip(uniform) >= dip * (1 - 1e-12)) asLarge++; // the same dip may be rounded otherwise
  }
  return { dip, p: asLarge / (samples + 1) };
}

/** Linear over sqrt(n) between the table's rows, and over the log odds of p between its columns. */
function tabledPValue(dip: number, n: number): number {
  if (dip <= (1 + 1e-9) / (2 * n)) return 1; // the least there is
  const above = DIP_QUANTILES.findIndex(([size]) => size >= n);
  const [right, left] = [DIP_QUANTILES.at(above)!, DIP_QUANTILES.at(above > 0 ? above - 1 : above)!];
  const part = right === left ? 0 : (Math.sqrt(n) - Math.sqrt(left[0])) / (Math.sqrt(right[0]) - Math.sqrt(left[0]));
  const quantiles = DIP_TAILS.map((_, k) => (left[1][k]! + part * (right[1][k]! - left[1][k]!)) / 1e4);
  const scaled = Math.sqrt(n) * dip;
  const beyond = quantiles.findIndex((quantile) => quantile > scaled);
  if (beyond < 0) return DIP_TAILS.at(-1)!;
  if (beyond === 0) return 1 - ((1 - DIP_TAILS[0]) * scaled) / quantiles[0]!;
  const between = (scaled - quantiles[beyond - 1]!) / (quantiles[beyond]! - quantiles[beyond - 1]!);
  const [smaller, larger] = [logit(DIP_TAILS[beyond - 1]!), logit(DIP_TAILS[beyond]!)];
  return expit(smaller + between * (larger - smaller));
}
