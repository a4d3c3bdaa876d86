import { checkFinite } from '../checkValues.js';
import { quantile } from '../quantile.js';
import { summarize } from '../summarize.js';
import { checkFour } from './bimodalityCoefficient.js';

/** One of a mixture's normal distributions. */
export interface GaussianComponent {
  /** Its share of the values. */
  readonly weight: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Two normal distributions that a sample may have been drawn from. */
export interface TwoGaussians {
  /** The one with the lower mean first. */
  readonly components: readonly [GaussianComponent, GaussianComponent];
  /** Of all values, in nats. */
  readonly logLikelihood: number;
  /** By how much Schwarz's criterion (BIC) prefers two to one normal distribution: above 10 strongly, below 0 it prefers one. */
  readonly gain: number;
}

/**
 * The mixture of two normal distributions, each with its own weight, mean and deviation, that makes the values most likely; by expectation and
 * maximization, from splits of the sorted values at their nine tenths, the most promising of which is followed to its end. No randomness.
 *
 * No component gets narrower than a twentieth of the sample's deviation: without a bound the likelihood has no maximum, a spike on one value.
 *
 * @param values - `[n]`, finite, four or more
 * @returns of equal values both components at that value with deviation 0, and a gain of 0
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/too-few`
 * @remarks Dempster, Laird & Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x; the bound: Hathaway 1985, doi:10.1214/aos/1176349557. As
 * scikit-learn's `GaussianMixture(2, tol=1e-13, reg_covar=0)` where the bound does not bind.
 */
export function twoGaussians(values: ArrayLike<number>): TwoGaussians {
  const checked = checkFinite(values);
  checkFour(checked);
  const n = checked.length;
  const { min, max, mean } = summarize(checked);
  if (min === max) {
    const point = { weight: 0.5, mean, deviation: 0 };
    return { components: [point, point], logLikelihood: Infinity, gain: 0 };
  }
  const deviation = Math.sqrt(checked.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
  const scaled = checked.map((value) => (value - mean) / deviation);
  const tries = TENTHS.map((tenth) => maximize(scaled, splitAt(scaled, quantile(scaled, tenth)), ITERATIONS_OF_A_TRY));
  const best = maximize(scaled, tries.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a)).components, MOST_ITERATIONS);
  const ofOne = -(n / 2) * (Math.log(2 * Math.PI) + 1); // of scaled values
  const [low, high] = best.components
    .map((component) => ({
      weight: component.weight,
      mean: mean + deviation * component.mean,
      deviation: deviation * component.deviation,
    }))
    .sort((a, b) => a.mean - b.mean) as [GaussianComponent, GaussianComponent];
  return {
    components: [low, high],
    logLikelihood: best.logLikelihood - n * Math.log(deviation),
    gain: 2 * (best.logLikelihood - ofOne) - 3 * Math.log(n), // five parameters against two
  };
}

const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const NARROWEST = 0.05; // deviations of the sample
const ITERATIONS_OF_A_TRY = 100;
const MOST_ITERATIONS = 20_000;
const CONVERGED = 1e-12; // nats a case

type Pair = readonly [GaussianComponent, GaussianComponent];

interface Fit {
  readonly components: Pair;
  readonly logLikelihood: number;
}

/** Repeats both steps until the likelihood stands still. `values` have mean 0 and deviation 1, so that sums of squares keep their digits. */
function maximize(values: Float64Array, start: Pair, iterations: number): Fit {
  let fit: Fit = { components: start, logLikelihood: -Infinity };
  for (let iteration = 0; iteration < iterations; iteration++) {
    const { logLikelihood, next } = step(values, fit.components);
    const gained = logLikelihood - fit.logLikelihood;
    fit = { components: fit.components, logLikelihood };
    if (gained < CONVERGED * values.length) break;
    fit = { components: next, logLikelihood };
  }
  return fit;
}

/** The likelihood of the components, and those that come next: each value counts in both by how likely it is to be from either. */
function step(values: Float64Array, [first, second]: Pair): { readonly logLikelihood: number; readonly next: Pair } {
  let logLikelihood = 0;
  let [count, sum, squares] = [0, 0, 0]; // of the second
  let [total, totalSquares] = [0, 0];
  const [logFirst, logSecond] = [logDensity(first), logDensity(second)];
  for (const value of values) {
    const [a, b] = [logFirst(value), logSecond(value)];
    const ratio = Math.exp(-Math.abs(a - b));
    logLikelihood += Math.max(a, b) + Math.log1p(ratio);
    const ofSecond = (b > a ? 1 : ratio) / (1 + ratio);
    count += ofSecond;
    sum += ofSecond * value;
    squares += ofSecond * value * value;
    total += value;
    totalSquares += value * value;
  }
  const n = values.length;
  return { logLikelihood, next: [component(n - count, total - sum, totalSquares - squares, n), component(count, sum, squares, n)] };
}

function component(count: number, sum: number, squares: number, n: number): GaussianComponent {
  const held = Math.max(count, Number.MIN_VALUE); // a component that lost all its values stays where it is divided by something
  const mean = sum / held;
  return { weight: held / n, mean, deviation: Math.max(Math.sqrt(Math.max(0, squares / held - mean * mean)), NARROWEST) };
}

/** One component of the values up to the split, one of those beyond it; some of each in the other, so that neither is empty. */
function splitAt(values: Float64Array, split: number): Pair {
  const of = (own: (value: number) => boolean) => {
    const sums = [0, 0, 0];
    for (const value of values) sums.forEach((_, power) => (sums[power]! += (own(value) ? 0.95 : 0.05) * value ** power));
    return component(sums[0]!, sums[1]!, sums[2]!, values.length);
  };
  return [of((value) => value <= split), of((value) => value > split)];
}

function logDensity({ weight, mean, deviation }: GaussianComponent): (value: number) => number {
  const height = Math.log(weight / deviation) - HALF_LOG_TAU;
  return (value) => height - 0.5 * ((value - mean) / deviation) ** 2;
}

const HALF_LOG_TAU = 0.5 * Math.log(2 * Math.PI);
