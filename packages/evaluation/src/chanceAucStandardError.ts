import { checkCount } from './checkValues.js';

/**
 * Standard error of the AUC of a classifier that guesses, without ties: how far from 0.5 chance alone carries it.
 *
 * @param positives - cases of class 1, at least 1
 * @param negatives - cases of class 0, at least 1
 * @throws `MgmtError` `evaluation/bad-option`
 * @remarks Square root of (positives + negatives + 1) / (12 positives negatives). Mann & Whitney 1947, doi:10.1214/aoms/1177730491.
 * @example
 * chanceAucStandardError(61, 56); // 0.05365: nineteen guessers in twenty fall within 0.395 and 0.605
 */
export function chanceAucStandardError(positives: number, negatives: number): number {
  checkCount(positives, 'positives');
  checkCount(negatives, 'negatives');
  return Math.sqrt((positives + negatives + 1) / (12 * positives * negatives));
}
