import type { BinaryLabel } from '../checkBinaryScores.js';
import { checkLevel } from '../checkValues.js';
import { proportionInterval } from '../proportionInterval.js';
import { checkForecasts } from './checkForecasts.js';
import { poissonBinomial } from './poissonBinomial.js';
import { probabilityBins, type BinningOptions, type ProbabilityBin } from './probabilityBins.js';

/** Bins, and the bars of a reliability curve. */
export interface ReliabilityOptions extends BinningOptions {
  /**
   * `wilson` (the default): where the bin's true share lies. `consistency`: where the bin's share would lie if every probability were right, exactly;
   * those bars stand around the diagonal, and a point outside one speaks against calibration.
   */
  readonly bars?: 'wilson' | 'consistency';
  /** Of the bars. 0.95 by default. */
  readonly level?: number;
}

/** One point of a reliability curve, with its bar. */
export interface ReliabilityBin extends ProbabilityBin {
  readonly bar: { readonly low: number; readonly high: number };
}

/**
 * What happened against what was said: for each bin that holds something, the mean probability and the share of class 1. Calibrated predictions lie
 * on the diagonal, as far as so few cases can.
 *
 * @param labels - `[n]`, 0 or 1; one class alone will do
 * @param probabilities - `[n]`, of class 1, in [0, 1]
 * @param options - bins and bars
 * @returns rising, at most as many as there are bins
 * @throws `MgmtError` as {@link logLoss}, and `evaluation/bad-option`
 * @remarks As scikit-learn's `calibration_curve`. Wilson 1927, doi:10.1080/01621459.1927.10502953; consistency bars: Bröcker & Smith 2007,
 * doi:10.1175/WAF993.1, here without resampling.
 */
export function reliabilityCurve(
  labels: ArrayLike<BinaryLabel>,
  probabilities: ArrayLike<number>,
  { bars = 'wilson', level = 0.95, ...binning }: ReliabilityOptions = {},
): readonly ReliabilityBin[] {
  checkLevel(level);
  const checked = checkForecasts(labels, probabilities);
  return probabilityBins(checked, binning).map(({ members, ...bin }) => {
    const bar = BARS[bars](
      members.map((i) => checked.scores[i]!),
      Math.round(bin.share * bin.count),
      level,
    );
    return { ...bin, bar };
  });
}

const BARS = {
  wilson(probabilities: readonly number[], ones: number, level: number): ReliabilityBin['bar'] {
    const { low, high } = proportionInterval(ones, probabilities.length, { level });
    return { low, high };
  },
  consistency(probabilities: readonly number[], _ones: number, level: number): ReliabilityBin['bar'] {
    const { quantile } = poissonBinomial(probabilities);
    return { low: quantile((1 - level) / 2) / probabilities.length, high: quantile((1 + level) / 2) / probabilities.length };
  },
};
