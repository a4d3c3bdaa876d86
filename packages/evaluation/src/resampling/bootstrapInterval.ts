import { MgmtError, type Rng } from '@mgmt/core';
import { checkCount, checkLevel } from '../checkValues.js';
import type { IntervalOptions } from '../delongInterval.js';
import { bcaEnds, definedDraws, percentileEnds, type BootstrapMethod } from './bootstrapEnds.js';
import { casesOf, resampler, type ResampleDesign } from './resampler.js';

/** How the bootstrap draws, and how it reads an interval off its draws. */
export interface BootstrapOptions extends IntervalOptions {
  /** Bootstrap samples; 2,000 by default. */
  readonly resamples?: number;
  /**
   * `percentile` (the default): the quantiles of the draws. `bca`: those corrected for bias and skew (Efron 1987), for statistics whose spread depends on
   * their value; needs the statistic once more for each unit left out.
   */
  readonly method?: BootstrapMethod;
  /** Where the draws come from; equal streams give equal intervals. */
  readonly rng: Rng;
}

/** A statistic, and where its true value lies. */
export interface BootstrapInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Deviation of the draws. */
  readonly standardError: number;
}

/**
 * Bootstrap confidence interval of any statistic of cases.
 *
 * A resample on which the statistic is not finite, as one without a class, is drawn anew. Where no draw differs, the interval has no width: the bootstrap
 * knows nothing beyond these cases. {@link bootstrapAucInterval} is faster for the AUC and knows better there.
 *
 * @param n - cases, at least 1
 * @param statistic - of the cases with these indices, some of them several times; finite on all cases
 * @param options - strata, clusters, samples, method, level, and the random stream
 * @throws `MgmtError` `evaluation/bad-option`, `evaluation/length-mismatch`, `evaluation/mixed-cluster` (a cluster has cases of two strata),
 * `evaluation/undefined-statistic` (not finite on all cases, on most resamples, or for `bca` with a unit left out)
 * @remarks Efron & Tibshirani 1993, chapters 13 and 14. The percentile method keeps its level for large n only: 20 cases give 90 % for a promised 95 %.
 * @example
 * const recall = (cases: Uint32Array) => f1Score(confusionCounts(pick(labels, cases), pick(scores, cases)));
 * bootstrapInterval(labels.length, recall, { strata: labels, clusters: patients, rng: rng(0).child('f1') }); // { estimate: 0.6, low: 0.5, … }
 */
export function bootstrapInterval(
  n: number,
  statistic: (cases: Uint32Array) => number,
  { resamples = 2000, level = 0.95, method = 'percentile', rng, ...design }: BootstrapOptions & ResampleDesign,
): BootstrapInterval {
  checkCount(n, 'n');
  checkCount(resamples, 'resamples');
  checkLevel(level);
  const source = resampler(n, design, rng);
  const all = Uint32Array.from({ length: n }, (_, i) => i);
  const estimate = defined(statistic(all), 'all cases');
  const draws = definedDraws(resamples, () => statistic(casesOf(source.draw())));
  const leftOut = () =>
    source.strata.map((units) =>
      units.map((unit) => {
        const without = new Set(unit);
        return defined(statistic(all.filter((i) => !without.has(i))), `all cases but ${unit.join(', ')}`);
      }),
    );
  return { estimate, ...bootstrapResult(draws, estimate, leftOut, { method, level }) };
}

/** The interval and the standard error from the draws. */
export function bootstrapResult(
  draws: Float64Array,
  estimate: number,
  leftOut: () => readonly (readonly number[])[],
  { method, level }: { readonly method: BootstrapMethod; readonly level: number },
): Omit<BootstrapInterval, 'estimate'> {
  const ends = method === 'bca' ? bcaEnds(draws, estimate, leftOut, level) : percentileEnds(draws, level);
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  return { ...ends, standardError: Math.sqrt(draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws.length - 1)) };
}

function defined(value: number, of: string): number {
  if (Number.isFinite(value)) return value;
  throw new MgmtError(`the statistic of ${of} is not a number`, {
    code: 'evaluation/undefined-statistic',
    expected: 'a finite number',
    found: String(value),
  });
}
