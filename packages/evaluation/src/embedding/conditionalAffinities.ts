import type { Neighbors } from './nearestNeighbors.js';

/** A row's entropy is met to this many nats, as in scikit-learn, whose numbers these are therefore to 1e-6 and not only to the tolerance's 1e-5. */
const TOLERANCE = 1e-5;

/** From 1, halving and doubling reach every number there is. */
const MOST_STEPS = 2100;

/**
 * How much each point takes each neighbor for one: a Gaussian of the distance, as wide as gives the row the entropy ln(perplexity), found by bisection.
 *
 * Where more neighbors than that are equally near, no width does: those share the row evenly.
 *
 * @returns `[n, k]`, every row with the sum 1
 * @remarks van der Maaten and Hinton 2008, JMLR 9:2579, equation 1, over the nearest neighbors as van der Maaten 2014, JMLR 15:3221, equation 6.
 */
export function conditionalAffinities({ squared, k }: Neighbors, perplexity: number): Float64Array {
  const affinities = new Float64Array(squared.length);
  for (let start = 0; start < squared.length; start += k) {
    const nearest = squared[start]!;
    const excess = squared.subarray(start, start + k).map((distance) => distance - nearest); // so that the largest exponential is 1
    fitRow(excess, Math.log(perplexity), affinities.subarray(start, start + k));
  }
  return affinities;
}

function fitRow(excess: Float64Array, entropy: number, row: Float64Array): void {
  let precision = 1;
  let [low, high] = [0, Infinity];
  for (let step = 0; step < MOST_STEPS; step++) {
    let [total, weighted] = [0, 0];
    for (let j = 0; j < row.length; j++) {
      const value = Math.exp(-precision * excess[j]!);
      row[j] = value;
      total += value;
      weighted += value * excess[j]!;
    }
    for (let j = 0; j < row.length; j++) row[j]! /= total;
    const tooWide = Math.log(total) + (precision * weighted) / total - entropy;
    const isNarrowest = weighted === 0; // only those at no excess are left
    if (Math.abs(tooWide) <= TOLERANCE || (isNarrowest && tooWide > 0)) return;
    if (tooWide > 0) low = precision;
    else high = precision;
    precision = high === Infinity ? 2 * precision : (low + high) / 2;
  }
}
