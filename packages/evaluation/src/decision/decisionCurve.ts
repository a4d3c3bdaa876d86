import { checkBinaryScores, type BinaryLabel, type BinaryScores } from '../checkBinaryScores.js';
import { checkFinite, checkOption } from '../checkValues.js';
import { checkForecasts } from '../calibration/checkForecasts.js';
import { tieGroups } from '../tieGroups.js';

/** Thresholds and the population that is decided on. */
export interface DecisionCurveOptions {
  /**
   * Probabilities of class 1 from which one would treat, each in [0, 1). A threshold of 0.2 says that a missed case is as bad as four treated for
   * nothing. By default 0.01 to 0.99 in hundredths; what is shown should be what somebody might choose.
   */
  readonly thresholds?: ArrayLike<number>;
  /** Share of class 1 where the model will be used, between 0 and 1, if it is not that of these cases. */
  readonly prevalence?: number;
}

/** Net benefit over thresholds, in cases of class 1 rightly treated per case seen, less the harm of treating others. */
export interface DecisionCurve {
  /** `[thresholds]` */
  readonly thresholds: readonly number[];
  /** `[thresholds]`, of treating from the threshold on. */
  readonly model: readonly number[];
  /** `[thresholds]`, of treating everybody: `prevalence - (1 - prevalence) threshold / (1 - threshold)`. */
  readonly all: readonly number[];
  /** `[thresholds]`, of treating nobody: 0. */
  readonly none: readonly number[];
  /** `[thresholds]`, the model's as a share of what a perfect model would reach: 1 at most. */
  readonly standardized: readonly number[];
  /** Share of class 1 that was reckoned with. */
  readonly prevalence: number;
}

/**
 * Is acting on the model better than treating everybody, or nobody? The model is of use at a threshold where its net benefit is above both.
 *
 * It is reckoned from probabilities: a model that ranks well and is badly calibrated shows harm. On the cases that the model was trained on, or on
 * few, it is too good; it says nothing of how sure it is, for which bootstrap it.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param probabilities - `[n]`, of class 1, in [0, 1]; one equal to a threshold is treated
 * @param options - thresholds and prevalence
 * @throws `MgmtError` as {@link logLoss}, and `evaluation/one-class`, `evaluation/bad-option`
 * @remarks Vickers & Elkin 2006, doi:10.1177/0272989X06295361; standardized: Kerr et al. 2016, doi:10.1200/JCO.2015.65.5654. As R's dcurves.
 */
export function decisionCurve(
  labels: ArrayLike<BinaryLabel>,
  probabilities: ArrayLike<number>,
  { thresholds = HUNDREDTHS, prevalence }: DecisionCurveOptions = {},
): DecisionCurve {
  checkForecasts(labels, probabilities);
  const checked = checkBinaryScores(labels, probabilities);
  const chosen = Array.from(checkFinite(thresholds, 'thresholds'));
  const bad = chosen.find((threshold) => threshold < 0 || threshold >= 1);
  checkOption(bad === undefined, 'thresholds', '0 or more, below 1', bad);
  if (prevalence !== undefined) checkOption(prevalence > 0 && prevalence < 1, 'prevalence', 'between 0 and 1', prevalence);

  const share = prevalence ?? checked.positives / checked.scores.length;
  const benefit = (trueRate: number, falseRate: number, threshold: number) =>
    share * trueRate - (1 - share) * falseRate * (threshold / (1 - threshold));
  const rates = treatedRates(checked);
  const model = chosen.map((threshold) => benefit(...rates(threshold), threshold));
  return {
    thresholds: chosen,
    model,
    all: chosen.map((threshold) => benefit(1, 1, threshold)),
    none: chosen.map(() => 0),
    standardized: model.map((value) => value / share),
    prevalence: share,
  };
}

const HUNDREDTHS = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

/** Sorts once; then the shares of class 1 and of class 0 at or above a threshold. */
function treatedRates({
  labels,
  scores,
  negatives,
  positives,
}: BinaryScores): (threshold: number) => [trueRate: number, falseRate: number] {
  const { order } = tieGroups(scores);
  const positivesBelow = [0];
  for (const i of order) positivesBelow.push(positivesBelow.at(-1)! + labels[i]!);
  return (threshold) => {
    let below = 0;
    for (let high = order.length; below < high;) {
      const middle = (below + high) >> 1;
      if (scores[order[middle]!]! < threshold) below = middle + 1;
      else high = middle;
    }
    const missed = positivesBelow[below]!;
    return [(positives - missed) / positives, (negatives - (below - missed)) / negatives];
  };
}
