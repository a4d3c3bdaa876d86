import { expit, logit } from './logistic.js';
import { normalQuantile, normalTail } from './normal.js';

/** An AUC as it was estimated from cases. */
export interface EstimatedAuc {
  readonly auc: number;
  readonly variance: number;
  /** Cases of the smaller class. */
  readonly smallerClass: number;
}

/**
 * Wald's interval on the logit scale, brought back: it stays within (0, 1), and near the ends it is as lopsided as it should be, where the plain one
 * is cut off and covers too little (Qin & Hotilovac 2008, doi:10.1177/0962280207087173). Where nothing varies it is the exact bound below.
 */
export function logitInterval(
  { auc, variance, smallerClass }: EstimatedAuc,
  level: number,
): { readonly low: number; readonly high: number } {
  if (auc === 1) return { low: separationBound((1 - level) / 2, smallerClass), high: 1 };
  if (auc === 0) return { low: 0, high: 1 - separationBound((1 - level) / 2, smallerClass) };
  const half = normalQuantile((1 + level) / 2) * logitDeviation(auc, variance);
  return { low: expit(logit(auc) - half), high: expit(logit(auc) + half) };
}

/** Two-sided p of an AUC of 0.5, in step with `logitInterval`: below 1 - level exactly where the interval leaves 0.5 out. */
export function logitPValue(estimated: EstimatedAuc): number {
  const { above, below } = logitTails(estimated, 0.5);
  return Math.min(1, 2 * Math.min(above, below));
}

/**
 * One-sided p-values of "the true AUC is at most so much" (`above`) and "at least so much" (`below`), in step with `logitInterval`. Perfect separation has
 * its exact bound, and 1 on the other side; where all scores are equal the AUC is 0.5 for certain.
 */
export function logitTails({ auc, variance, smallerClass }: EstimatedAuc, of: number): { readonly above: number; readonly below: number } {
  if (auc === 1) return { above: of ** smallerClass, below: 1 };
  if (auc === 0) return { above: 1, below: (1 - of) ** smallerClass };
  if (auc === of) return { above: 0.5, below: 0.5 };
  const z = (logit(auc) - logit(of)) / logitDeviation(auc, variance);
  return { above: normalTail(z), below: normalTail(-z) };
}

/**
 * The AUC below which perfect separation has at most this probability. A perfect result has every one of `smallerClass` disjoint pairs in the right
 * order, and those are independent, each right with probability AUC: so P(perfect) <= AUC ^ smallerClass. Of several models all perfect, the same
 * holds for the mean of their AUCs.
 */
export function separationBound(probability: number, smallerClass: number): number {
  return probability ** (1 / smallerClass);
}

const logitDeviation = (auc: number, variance: number) => Math.sqrt(variance) / (auc * (1 - auc)); // by the delta method
