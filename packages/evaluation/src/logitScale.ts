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
export function logitPValue({ auc, variance, smallerClass }: EstimatedAuc): number {
  if (auc === 0 || auc === 1) return Math.min(1, 2 * 0.5 ** smallerClass);
  return auc === 0.5 ? 1 : 2 * normalTail(Math.abs(logit(auc)) / logitDeviation(auc, variance));
}

/**
 * The AUC below which perfect separation has at most this probability. A perfect result has every one of `smallerClass` disjoint pairs in the right
 * order, and those are independent, each right with probability AUC: so P(perfect) <= AUC ^ smallerClass. Of several models all perfect, the same
 * holds for the mean of their AUCs.
 */
export function separationBound(probability: number, smallerClass: number): number {
  return probability ** (1 / smallerClass);
}

const logit = (p: number) => Math.log(p / (1 - p));
const expit = (x: number) => 1 / (1 + Math.exp(-x));
const logitDeviation = (auc: number, variance: number) => Math.sqrt(variance) / (auc * (1 - auc)); // by the delta method
