import { checkBinaryScores, type BinaryLabel } from './checkBinaryScores.js';
import { checkOption } from './checkValues.js';
import { delongEstimate } from './delongEstimate.js';
import { logitInterval, logitTails } from './logitScale.js';

/** What counts as no better than guessing, and how sure one wants to be of it. */
export interface AucEquivalenceOptions {
  /** AUCs nearer to 0.5 than this are as good as guessing, between 0 and 0.5. There is no default: what is too little to matter must be said beforehand. */
  readonly margin: number;
  /** The chance of calling an AUC equivalent that lies at the margin. 0.05 by default, by custom. */
  readonly alpha?: number;
}

/** Whether an AUC is shown to be near 0.5. */
export interface AucEquivalence {
  readonly auc: number;
  /** The larger of both one-sided p-values: below alpha exactly where the interval lies within the margin. */
  readonly p: number;
  /** The interval at level 1 - 2 alpha, as {@link delongInterval}. */
  readonly low: number;
  readonly high: number;
  readonly equivalent: boolean;
}

/**
 * Is the AUC as good as 0.5? Two one-sided tests: that it is above 0.5 - margin, and below 0.5 + margin. A large p-value of {@link aucPValue} shows nothing
 * of the kind: it is what few cases give whatever the AUC.
 *
 * With 56 and 61 cases the 90 % interval is 0.18 wide, so that no margin below 0.09 can be shown.
 *
 * @param labels - `[n]`, 0 or 1, two of each or more
 * @param scores - `[n]`, finite, larger speaks for class 1; equal throughout, they are equivalent to guessing (p = 0)
 * @param options - margin and alpha
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/too-few`, `evaluation/bad-option`
 * @remarks Schuirmann 1987, doi:10.1007/BF01068419, with DeLong's variance on the logit scale.
 * @example
 * aucEquivalenceTest(labels, scores, { margin: 0.1 }); // { auc: 0.51, p: 0.047, low: 0.42, high: 0.598, equivalent: true }
 */
export function aucEquivalenceTest(
  labels: ArrayLike<BinaryLabel>,
  scores: ArrayLike<number>,
  { margin, alpha = 0.05 }: AucEquivalenceOptions,
): AucEquivalence {
  checkOption(margin > 0 && margin < 0.5, 'margin', 'between 0 and 0.5', margin);
  checkOption(alpha > 0 && alpha < 0.5, 'alpha', 'between 0 and 0.5', alpha);
  const checked = checkBinaryScores(labels, scores);
  const { mean: auc, variance } = delongEstimate([checked]);
  const estimated = { auc, variance, smallerClass: Math.min(checked.negatives, checked.positives) };
  const p = Math.max(logitTails(estimated, 0.5 - margin).above, logitTails(estimated, 0.5 + margin).below);
  return { auc, p, ...logitInterval(estimated, 1 - 2 * alpha), equivalent: p < alpha };
}
