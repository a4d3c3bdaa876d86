import { logitInterval, type EstimatedAuc } from './logitScale.js';

/** Two AUCs compared. */
export interface AucDifference {
  /** Of the first and of the second model. */
  readonly aucs: readonly [number, number];
  /** First less second. */
  readonly difference: number;
  readonly variance: number;
  /** Where the true difference lies. */
  readonly low: number;
  readonly high: number;
  /** Two-sided, of no difference. */
  readonly p: number;
}

/**
 * The comparison of two estimates: by `spread`, a distribution of the difference over its standard error; where that error is 0, by what is certain all
 * the same, the exact bounds of each AUC at half the remaining level and two times half to the power of the smaller class.
 */
export function aucDifference(
  [a, b]: readonly [EstimatedAuc, EstimatedAuc],
  variance: number,
  level: number,
  spread: { readonly quantile: (probability: number) => number; readonly tail: (deviate: number) => number },
): AucDifference {
  const difference = a.auc - b.auc;
  const shared = { aucs: [a.auc, b.auc], difference, variance } as const;
  if (variance === 0) {
    const [ofA, ofB] = [a, b].map((each) => logitInterval(each, (1 + level) / 2)) as [Ends, Ends];
    const p = difference === 0 ? 1 : Math.min(1, 2 * 0.5 ** Math.min(a.smallerClass, b.smallerClass));
    return { ...shared, low: ofA.low - ofB.high, high: ofA.high - ofB.low, p };
  }
  const half = spread.quantile((1 + level) / 2) * Math.sqrt(variance);
  return {
    ...shared,
    low: Math.max(-1, difference - half),
    high: Math.min(1, difference + half),
    p: 2 * spread.tail(Math.abs(difference) / Math.sqrt(variance)),
  };
}

interface Ends {
  readonly low: number;
  readonly high: number;
}
