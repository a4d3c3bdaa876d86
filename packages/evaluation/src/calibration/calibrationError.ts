import type { BinaryLabel } from '../checkBinaryScores.js';
import { checkForecasts } from './checkForecasts.js';
import { poissonBinomial } from './poissonBinomial.js';
import { probabilityBins, type BinningOptions } from './probabilityBins.js';

/** How far probabilities are from shares, over the bins. */
export interface CalibrationError {
  /** ECE, the mean over cases of their bin's distance between mean probability and share; with bins of equal counts it is ACE. */
  readonly expected: number;
  /** What `expected` is on average where every probability is right: below and around it there is no sign of miscalibration. */
  readonly chance: number;
  /** MCE, the distance of the worst bin. */
  readonly maximum: number;
  /**
   * The mean squared distance less what chance adds to it, so that it is 0 on average where calibrated, and may be negative. NaN where a bin holds
   * one case, whose variance cannot be told.
   */
  readonly debiasedSquare: number;
}

/**
 * Expected, adaptive and maximum calibration error, and the share of chance in them.
 *
 * The expected error is never 0 by itself: 117 cases in ten bins show some 0.1 where all is well. So read it against `chance`.
 *
 * @param labels - `[n]`, 0 or 1; one class alone will do
 * @param probabilities - `[n]`, of class 1, in [0, 1]
 * @param options - the bins
 * @throws `MgmtError` as {@link logLoss}, and `evaluation/bad-option`
 * @remarks Naeini, Cooper & Hauskrecht 2015; adaptive: Nixon et al. 2019, arXiv:1904.01685; debiased: Ferro & Fricker 2012, doi:10.1002/qj.1924, as
 * Kumar, Liang & Ma 2019, arXiv:1909.10155.
 * @example
 * calibrationError(labels, probabilities, { strategy: 'count' }); // { expected: 0.12, chance: 0.11, maximum: 0.31, debiasedSquare: 0.002 }
 */
export function calibrationError(
  labels: ArrayLike<BinaryLabel>,
  probabilities: ArrayLike<number>,
  options: BinningOptions = {},
): CalibrationError {
  const checked = checkForecasts(labels, probabilities);
  const n = checked.scores.length;
  let [expected, chance, maximum, debiasedSquare] = [0, 0, 0, 0];
  for (const { count, meanProbability, share, members } of probabilityBins(checked, options)) {
    const distance = Math.abs(meanProbability - share);
    expected += (count * distance) / n;
    chance += poissonBinomial(members.map((i) => checked.scores[i]!)).meanDeviation / n;
    maximum = Math.max(maximum, distance);
    debiasedSquare += (count / n) * (distance ** 2 - (share * (1 - share)) / (count - 1));
  }
  return { expected, chance, maximum, debiasedSquare };
}
