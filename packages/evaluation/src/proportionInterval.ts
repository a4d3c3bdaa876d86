import { betaQuantile } from './beta.js';
import { checkCount, checkLevel } from './checkValues.js';
import type { IntervalOptions } from './delongInterval.js';
import { normalQuantile } from './normal.js';

/** A share of cases, and where the true one lies. */
export interface Proportion {
  /** NaN of no trials. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** How the interval of a share is made. */
export interface ProportionOptions extends IntervalOptions {
  /**
   * `wilson` (the default): close to the level on average, at times a little below it. `clopper-pearson`: never below the level, and wider for that.
   */
  readonly interval?: 'wilson' | 'clopper-pearson';
}

/**
 * Confidence interval of a share, such as a sensitivity: so many successes of so many independent cases.
 *
 * Neither interval leaves [0, 1] or has no width at 0 or all successes. Of no trials nothing is known: NaN in [0, 1].
 *
 * @param successes - 0 to `trials`
 * @param trials - 0 or more
 * @param options - the level and the kind
 * @throws `MgmtError` `evaluation/bad-option`
 * @remarks Wilson 1927, doi:10.1080/01621459.1927.10502953; Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404; which to take: Brown et al. 2001,
 * doi:10.1214/ss/1009213286.
 * @example
 * proportionInterval(41, 61); // { estimate: 0.672, low: 0.547, high: 0.777 }
 */
export function proportionInterval(
  successes: number,
  trials: number,
  { level = 0.95, interval = 'wilson' }: ProportionOptions = {},
): Proportion {
  checkLevel(level);
  checkCount(trials, 'trials', 0);
  checkCount(successes, 'successes', 0);
  checkCount(trials - successes, 'trials - successes', 0);
  if (trials === 0) return { estimate: NaN, low: 0, high: 1 };
  return { estimate: successes / trials, ...INTERVALS[interval](successes, trials, level) };
}

const INTERVALS = {
  wilson(successes: number, trials: number, level: number) {
    const z = normalQuantile((1 + level) / 2);
    const center = successes + (z * z) / 2;
    const half = z * Math.sqrt((successes * (trials - successes)) / trials + (z * z) / 4);
    const total = trials + z * z;
    return { low: successes === 0 ? 0 : (center - half) / total, high: successes === trials ? 1 : (center + half) / total };
  },
  'clopper-pearson'(successes: number, trials: number, level: number) {
    const rest = (1 - level) / 2;
    return {
      low: successes === 0 ? 0 : betaQuantile(rest, successes, trials - successes + 1),
      high: successes === trials ? 1 : betaQuantile(1 - rest, successes + 1, trials - successes),
    };
  },
};
