import type { BinaryLabel } from '../checkBinaryScores.js';
import { brierScore } from './brierScore.js';
import { checkForecasts } from './checkForecasts.js';
import { probabilityBins, type BinningOptions } from './probabilityBins.js';

/** Where a Brier score comes from: `brier = reliability - resolution + uncertainty + withinBinVariance - withinBinCovariance`, exactly. */
export interface BrierDecomposition {
  readonly brier: number;
  /** How far the bins' mean probabilities are from their shares of class 1: 0 is calibrated. */
  readonly reliability: number;
  /** How far the bins' shares are from the share of all: 0 tells nothing apart, `uncertainty` is the most. */
  readonly resolution: number;
  /** Of the labels alone: `share (1 - share)`. */
  readonly uncertainty: number;
  /** What the probabilities vary within their bins. */
  readonly withinBinVariance: number;
  /** Twice what they vary there along with the labels. */
  readonly withinBinCovariance: number;
}

/**
 * Splits the Brier score into calibration, discrimination, and what is no model's fault. The terms within the bins are there so that it adds up for
 * probabilities that are not the same throughout a bin.
 *
 * With few cases in a bin, reliability and resolution are both too large, by about `share (1 - share)` of the bin over its count: a model that knows
 * nothing has both near `bins / n` times the uncertainty.
 *
 * @param labels - `[n]`, 0 or 1; one class alone will do
 * @param probabilities - `[n]`, of class 1, in [0, 1]
 * @param options - the bins
 * @throws `MgmtError` as {@link logLoss}, and `evaluation/bad-option`
 * @remarks Murphy 1973, doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2; within bins Stephenson, Coelho & Jolliffe 2008,
 * doi:10.1175/2007WAF2006116.1.
 */
export function brierDecomposition(
  labels: ArrayLike<BinaryLabel>,
  probabilities: ArrayLike<number>,
  options: BinningOptions = {},
): BrierDecomposition {
  const checked = checkForecasts(labels, probabilities);
  const n = checked.scores.length;
  const base = checked.positives / n;
  let [reliability, resolution, withinBinVariance, withinBinCovariance] = [0, 0, 0, 0];
  for (const { count, meanProbability, share, members } of probabilityBins(checked, options)) {
    reliability += (count * (meanProbability - share) ** 2) / n;
    resolution += (count * (share - base) ** 2) / n;
    for (const i of members) {
      const away = checked.scores[i]! - meanProbability;
      withinBinVariance += away ** 2 / n;
      withinBinCovariance += (2 * away * (checked.labels[i]! - share)) / n;
    }
  }
  const uncertainty = base * (1 - base);
  return { brier: brierScore(labels, probabilities), reliability, resolution, uncertainty, withinBinVariance, withinBinCovariance };
}
