import type { BinaryLabel } from './checkBinaryScores.js';
import { checkOption } from './checkValues.js';
import { rocCurve } from './rocCurve.js';

/** Which part of the ROC curve counts. */
export interface PartialAucOptions {
  /** The rate that the range is of. */
  readonly focus: 'specificity' | 'sensitivity';
  /** From and to, rising, in [0, 1]: `[0.9, 1]` is where a screening test works. */
  readonly range: readonly [low: number, high: number];
  /**
   * Puts the area on the scale of an AUC, 0.5 for guessing and 1 for the largest there is (McClish 1989). False by default: the area itself. A part
   * below that of guessing comes out below 0.5, and on narrow ranges far from 1 even below 0; pROC gives none there.
   */
  readonly corrected?: boolean;
}

/**
 * Area under a part of the ROC curve. Between its points the curve is straight.
 *
 * @param labels - `[n]`, 0 or 1, both present
 * @param scores - `[n]`, finite, larger speaks for class 1
 * @param options - the part
 * @returns in [0, width of the range], or corrected, at most 1
 * @throws `MgmtError` as {@link rocAuc}, and `evaluation/bad-option`
 * @remarks As pROC's `auc` with `partial.auc`. McClish 1989, doi:10.1177/0272989X8900900307.
 * @example
 * partialAuc(labels, scores, { focus: 'specificity', range: [0.8, 1], corrected: true }); // 0.54
 */
export function partialAuc(
  labels: ArrayLike<BinaryLabel>,
  scores: ArrayLike<number>,
  { focus, range: [low, high], corrected = false }: PartialAucOptions,
): number {
  checkOption(0 <= low && low < high && high <= 1, 'range', 'two rates in [0, 1], rising', `${low} to ${high}`);
  const { falsePositiveRates, truePositiveRates } = rocCurve(labels, scores);
  const specificities = falsePositiveRates.map((rate) => 1 - rate);
  const [x, y] = focus === 'specificity' ? [specificities, truePositiveRates] : [truePositiveRates, specificities];
  let area = 0;
  for (let k = 1; k < x.length; k++) area += areaWithin([x[k - 1]!, y[k - 1]!], [x[k]!, y[k]!], low, high);
  if (!corrected) return area;
  const width = high - low;
  const ofGuessing = (width * (2 - low - high)) / 2;
  return (1 + (area - ofGuessing) / (width - ofGuessing)) / 2;
}

type Point = readonly [x: number, y: number];

/** The area under a straight line between two points, as far as its x lies within the range. */
function areaWithin(a: Point, b: Point, low: number, high: number): number {
  const [left, right] = a[0] < b[0] ? [a, b] : [b, a];
  const from = Math.max(left[0], low);
  const to = Math.min(right[0], high);
  if (from >= to) return 0;
  const slope = (right[1] - left[1]) / (right[0] - left[0]);
  return (to - from) * (left[1] + slope * ((from + to) / 2 - left[0]));
}
