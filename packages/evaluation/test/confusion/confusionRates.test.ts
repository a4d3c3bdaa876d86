import fc from 'fast-check';
import {
  balancedAccuracy,
  type BinaryLabel,
  confusionCounts,
  type ConfusionCounts,
  confusionRates,
  f1Score,
  likelihoodRatios,
  matthewsCorrelation,
  proportionInterval,
} from '../../src/index.js';
import { golden } from '../golden.js';

interface Case {
  name: string;
  labels: BinaryLabel[];
  scores: number[];
  threshold: number;
  counts: ConfusionCounts;
  balancedAccuracy: number;
  f1: number;
  mcc: number;
  recall: number;
  precision: number;
  accuracy: number;
  ratios90: Partial<Record<'positive' | 'negative', [number, number, number]>>;
}

const cases = golden<Case[]>('inference', 'confusion');
const table = (truePositives: number, falsePositives: number, trueNegatives: number, falseNegatives: number): ConfusionCounts => ({
  truePositives,
  falsePositives,
  trueNegatives,
  falseNegatives,
});
const tables = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60)).filter((counts) => counts.some((count) => count > 0));

describe('confusionCounts', () => {
  it.each(cases)('equals scikit-learn: $name', ({ labels, scores, threshold, counts }) => {
    expect(confusionCounts(labels, scores, threshold)).toEqual(counts);
  });
});

describe('of a table of calls and truths', () => {
  it.each(cases)('sensitivity, precision and accuracy equal scikit-learn: $name', ({ counts, recall, precision, accuracy }) => {
    const rates = confusionRates(counts);
    expect([rates.sensitivity.estimate, rates.accuracy.estimate]).toEqual([expect.closeTo(recall, 12), expect.closeTo(accuracy, 12)]);
    expect(rates.positivePredictiveValue.estimate || 0).toBeCloseTo(precision, 12); // NaN here, 0 there, where nothing is called
  });

  it.each(cases)(
    'balanced accuracy, F1 and the correlation equal scikit-learn: $name',
    ({ counts, balancedAccuracy: balanced, f1, mcc }) => {
      expect(balancedAccuracy(counts)).toBeCloseTo(balanced, 12);
      expect(f1Score(counts)).toBeCloseTo(f1, 12);
      expect(matthewsCorrelation(counts)).toBeCloseTo(mcc, 12);
    },
  );

  it.each(cases.filter(({ ratios90 }) => ratios90.positive))(
    'likelihood ratios equal the relative risks of SciPy: $name',
    ({ counts, ratios90 }) => {
      const { positive, negative } = likelihoodRatios(counts, { level: 0.9 });
      for (const [ratio, expected] of [
        [positive, ratios90.positive],
        [negative, ratios90.negative],
      ] as const)
        expect([ratio.estimate, ratio.low, ratio.high]).toEqual(expected!.map((value) => expect.closeTo(value, 11) as number));
    },
  );

  it('every rate is the interval of its share', () => {
    const { specificity, negativePredictiveValue } = confusionRates(table(30, 12, 44, 31), { interval: 'clopper-pearson', level: 0.9 });
    expect(specificity).toEqual(proportionInterval(44, 56, { interval: 'clopper-pearson', level: 0.9 }));
    expect(negativePredictiveValue).toEqual(proportionInterval(44, 75, { interval: 'clopper-pearson', level: 0.9 }));
  });

  it('swapping the classes leaves balanced accuracy and correlation, and turns the ratios over', () => {
    fc.assert(
      fc.property(tables, ([tp, fp, tn, fn]) => {
        const [counts, swapped] = [table(tp, fp, tn, fn), table(tn, fn, tp, fp)];
        expect(balancedAccuracy(swapped)).toEqual(balancedAccuracy(counts));
        expect(matthewsCorrelation(swapped)).toBeCloseTo(matthewsCorrelation(counts), 12);
        const [{ positive }, { negative }] = [likelihoodRatios(counts), likelihoodRatios(swapped)];
        expect(1 / negative.estimate).toBeCloseTo(positive.estimate, 8);
      }),
    );
  });

  it('a likelihood ratio lies in its interval, which has an open end where a count is 0', () => {
    fc.assert(
      fc.property(tables, ([tp, fp, tn, fn]) => {
        const { estimate, low, high } = likelihoodRatios(table(tp, fp, tn, fn)).positive;
        expect(low <= high).toBe(true);
        if (!Number.isNaN(estimate)) expect(low <= estimate && estimate <= high).toBe(true);
      }),
    );
    expect(likelihoodRatios(table(3, 0, 5, 2)).positive).toEqual({ estimate: Infinity, low: expect.any(Number) as number, high: Infinity });
    expect(likelihoodRatios(table(0, 3, 2, 5)).positive).toMatchObject({ estimate: 0, low: 0 });
  });
});
