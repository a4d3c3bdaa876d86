import fc from 'fast-check';
import type { BinaryLabel } from '../../src/index.js';
import { golden } from '../golden.js';

type Fitted = [value: number, standardError: number, low: number, high: number];

/** What scikit-learn, statsmodels and the papers' formulas say of a set of predictions. */
export interface CalibrationCase {
  name: string;
  labels: BinaryLabel[];
  probabilities: number[];
  brier: number;
  binned: {
    bins: number;
    strategy: 'width' | 'count';
    shares: number[];
    means: number[];
    counts: number[];
    wilson: [number, number][];
    reliability: number;
    resolution: number;
    withinBinVariance: number;
    withinBinCovariance: number;
    expected: number;
    maximum: number;
    chance: number;
    debiasedSquare: number | null;
  }[];
  line: { intercept: Fitted; slope: Fitted; inTheLarge: Fitted; likelihoodRatio: number; p: number };
  spiegelhalter: { z: number; p: number };
  isotonic: { scores: number[]; probabilities: number[]; at: number[]; gives: number[] };
  platt: { intercept: number; slope: number; sklearn: [number, number] };
  temperature: { inverse: number; sklearn: number };
}

export const cases = golden<CalibrationCase[]>('calibration', 'cases');
export const logits = (probabilities: readonly number[]) => probabilities.map((p) => Math.log(p / (1 - p)));

/** Predictions of a few cases, many of them tied. */
export const forecasts: fc.Arbitrary<[BinaryLabel, number][]> = fc.array(
  fc.tuple(
    fc.constantFrom<BinaryLabel[]>(0, 1),
    fc.integer({ min: 0, max: 40 }).map((k) => k / 40),
  ),
  { minLength: 1, maxLength: 60 },
);
