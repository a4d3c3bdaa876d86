import { checkLevel } from '../checkValues.js';
import type { IntervalOptions } from '../delongInterval.js';
import { normalQuantile } from '../normal.js';
import { checkConfusion, type ConfusionCounts } from './confusionCounts.js';

/** A ratio of two shares, and where the true one lies: from 0 to Infinity, 1 where a call tells nothing. */
export interface LikelihoodRatio {
  /** Infinity over a share of 0; NaN where both are 0 or a class has no cases. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** By what the odds of class 1 are multiplied once a case has been called. */
export interface LikelihoodRatios {
  /** Of the call 1: sensitivity / (1 - specificity). */
  readonly positive: LikelihoodRatio;
  /** Of the call 0: (1 - sensitivity) / specificity. */
  readonly negative: LikelihoodRatio;
}

/**
 * Likelihood ratios of both calls, with confidence intervals on the log scale.
 *
 * Where a count is 0 the log scale has no end on that side: the interval then starts at 0 or ends at Infinity, and its other end is that of counts with a
 * half added to each. Where the ratio is NaN, nothing is known: 0 to Infinity.
 *
 * @param counts - as {@link confusionCounts} gives them
 * @param options - the level
 * @throws `MgmtError` `evaluation/bad-option`, `evaluation/empty`
 * @remarks Simel et al. 1991, doi:10.1016/0895-4356(91)90128-V.
 * @example
 * likelihoodRatios(counts).positive; // { estimate: 1.5, low: 0.9, high: 2.4 }
 */
export function likelihoodRatios(counts: ConfusionCounts, { level = 0.95 }: IntervalOptions = {}): LikelihoodRatios {
  checkLevel(level);
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = checkConfusion(counts);
  const z = normalQuantile((1 + level) / 2);
  const positives = truePositives + falseNegatives;
  const negatives = trueNegatives + falsePositives;
  return {
    positive: ratio(truePositives, positives, falsePositives, negatives, z),
    negative: ratio(falseNegatives, positives, trueNegatives, negatives, z),
  };
}

function ratio(above: number, ofAbove: number, below: number, ofBelow: number, z: number): LikelihoodRatio {
  const estimate = above / ofAbove / (below / ofBelow);
  if (Number.isNaN(estimate)) return { estimate, low: 0, high: Infinity };
  const more = above === 0 || below === 0 ? 0.5 : 0;
  const center = Math.log((above + more) / (ofAbove + 2 * more) / ((below + more) / (ofBelow + 2 * more)));
  const half = z * Math.sqrt(1 / (above + more) - 1 / (ofAbove + 2 * more) + 1 / (below + more) - 1 / (ofBelow + 2 * more));
  return { estimate, low: above === 0 ? 0 : Math.exp(center - half), high: below === 0 ? Infinity : Math.exp(center + half) };
}
