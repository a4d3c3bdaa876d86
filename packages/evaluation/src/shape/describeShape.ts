import { checkFinite, checkOption } from '../checkValues.js';
import { ashmansD } from './ashmansD.js';
import { bimodalityCoefficient, checkFour } from './bimodalityCoefficient.js';
import { dipTest, type DipTestOptions } from './dipTest.js';
import { twoGaussians, type TwoGaussians } from './twoGaussians.js';

/** Where the verdict turns. */
export interface ShapeOptions extends DipTestOptions {
  /** A dip with a p-value below is a dip. 0.05 by default, by custom. */
  readonly significance?: number;
  /** Hills are apart from this Ashman's D on. 2 by default, Ashman's own. */
  readonly apart?: number;
  /** Coefficients above speak for two hills. 5/9 by default, that of a uniform distribution. */
  readonly coefficient?: number;
}

/** Whether predictions form one hill or two, and the numbers behind it. */
export interface Shape {
  /**
   * `constant`: all are equal. `bimodal`: there is a dip, and the two hills are apart. `unimodal`: there is no dip, and the hills are not apart or
   * the coefficient is low. `undecided`: the signs contradict each other.
   */
  readonly verdict: 'constant' | 'unimodal' | 'bimodal' | 'undecided';
  readonly dip: number;
  readonly dipP: number;
  /** Between the components of `mixture`. */
  readonly ashmansD: number;
  readonly bimodalityCoefficient: number;
  readonly mixture: TwoGaussians;
}

/**
 * Puts numbers under "the distribution of prediction is far from being bi-modal" (Saeed et al. 2022, on their Figure 2).
 *
 * One hill of predictions means that the model separates nothing, whatever its labels are. Two hills do not mean that it separates the classes: they
 * may be two scanners. And a model that is right and modest may well have one.
 *
 * @param scores - `[n]`, finite, four or more; as they were computed, since rounding makes hills ({@link dipTest}); probabilities that crowd at 0 and 1
 *   show their hills better as log odds
 * @param options - where the verdict turns, and how the dip test finds its p-value
 * @throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`, `evaluation/too-few`, `evaluation/bad-option`
 * @example
 * describeShape(predictions).verdict; // 'unimodal'
 */
export function describeShape(
  scores: ArrayLike<number>,
  { significance = 0.05, apart = 2, coefficient = 5 / 9, ...test }: ShapeOptions = {},
): Shape {
  checkOption(significance > 0 && significance < 1, 'significance', 'between 0 and 1', significance);
  const checked = checkFinite(scores, 'scores');
  checkFour(checked);
  const { dip, p: dipP } = dipTest(checked, test);
  const mixture = twoGaussians(checked);
  const numbers = {
    dip,
    dipP,
    ashmansD: ashmansD(...mixture.components),
    bimodalityCoefficient: bimodalityCoefficient(checked),
    mixture,
  };
  return { verdict: verdict(), ...numbers };

  function verdict(): Shape['verdict'] {
    if (checked.every((score) => score === checked[0])) return 'constant';
    const dips = dipP < significance;
    const hillsApart = numbers.ashmansD > apart;
    if (dips && hillsApart) return 'bimodal';
    return !dips && !(hillsApart && numbers.bimodalityCoefficient > coefficient) ? 'unimodal' : 'undecided';
  }
}
