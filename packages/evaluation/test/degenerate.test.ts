import { isMgmtError, rng } from '@mgmt/core';
import {
  aucEquivalenceTest,
  aucPermutationTest,
  averagePrecision,
  balancedAccuracy,
  benjaminiHochberg,
  type BinaryLabel,
  bonferroni,
  bootstrapAucInterval,
  bootstrapInterval,
  confusionCounts,
  type ConfusionCounts,
  confusionRates,
  correctedTTest,
  crossValidatedAucInterval,
  delongCovariance,
  delongTest,
  delongUnpairedTest,
  f1Score,
  holm,
  likelihoodRatios,
  matthewsCorrelation,
  operatingPoint,
  pairedAucPermutationTest,
  pairedPermutationTest,
  partialAuc,
  permutationTest,
  precisionRecallCurve,
  rocBand,
} from '../src/index.js';

// What comes of input that has no answer, or one that has to be agreed upon: a table for all functions of scores, of counts and of p-values.

type Scored = (labels: readonly BinaryLabel[], scores: readonly number[]) => unknown;

const draws = () => ({ rng: rng(0), permutations: 20 });
const needOneOfEach: Record<string, Scored> = {
  partialAuc: (labels, scores) => partialAuc(labels, scores, { focus: 'specificity', range: [0, 1] }),
  precisionRecallCurve,
  averagePrecision,
  operatingPoint: (labels, scores) => operatingPoint(labels, scores, { rule: 'youden' }),
  aucPermutationTest: (labels, scores) => aucPermutationTest(labels, scores, draws()),
  pairedAucPermutationTest: (labels, scores) => pairedAucPermutationTest(labels, scores, scores, draws()),
};
const needTwoOfEach: Record<string, Scored> = {
  delongCovariance: (labels, scores) => delongCovariance(labels, [scores]),
  delongTest: (labels, scores) => delongTest(labels, scores, scores),
  delongUnpairedTest: (labels, scores) => delongUnpairedTest({ labels, scores }, { labels, scores }),
  aucEquivalenceTest: (labels, scores) => aucEquivalenceTest(labels, scores, { margin: 0.1 }),
  crossValidatedAucInterval: (labels, scores) => crossValidatedAucInterval([{ labels, scores }]),
  bootstrapAucInterval: (labels, scores) => bootstrapAucInterval(labels, scores, { rng: rng(0), resamples: 20 }),
  rocBand: (labels, scores) => rocBand(labels, scores, { rng: rng(0), resamples: 20, falsePositiveRate: [0, 0.25, 1] }),
};
const needScores: Record<string, Scored> = { ...needOneOfEach, ...needTwoOfEach, confusionCounts };

describe.each(Object.entries(needScores))('%s', (_, scored) => {
  it.each<[string, BinaryLabel[], number[]]>([
    ['evaluation/length-mismatch', [0, 1], [0.5]],
    ['evaluation/empty', [], []],
    ['evaluation/not-finite', [0, 1, 1, 0], [0.5, 0.25, NaN, 1]],
    ['evaluation/not-finite', [0, 1], [Infinity, 0.25]],
    ['evaluation/bad-label', [0, 2 as BinaryLabel], [0.5, 0.25]],
  ])('refuses %s', (code, labels, scores) => {
    expect(codeOf(() => scored(labels, scores))).toBe(code);
  });
});

describe.each(Object.entries({ ...needOneOfEach, ...needTwoOfEach }))('%s', (_, scored) => {
  it('refuses one class, and one case', () => {
    expect(codeOf(() => scored([1, 1], [0.2, 0.9]))).toBe('evaluation/one-class');
    expect(codeOf(() => scored([0], [0.2]))).toBe('evaluation/one-class');
  });
});

describe.each(Object.entries(needTwoOfEach))('%s', (_, scored) => {
  it('refuses to tell a spread from one case of a class', () => {
    expect(codeOf(() => scored([0, 1, 1], [0.2, 0.9, 0.1]))).toBe('evaluation/too-few');
    expect(codeOf(() => scored([0, 0, 1], [0.2, 0.9, 0.1]))).toBe('evaluation/too-few');
  });
});

describe('of equal scores', () => {
  const result: Record<string, unknown> = {
    partialAuc: 0.5,
    precisionRecallCurve: { precisions: [1, 0.5], recalls: [0, 1], thresholds: [Infinity, 3] },
    averagePrecision: 0.5,
    operatingPoint: { threshold: Infinity, sensitivity: 0, specificity: 1 },
    aucPermutationTest: { statistic: 0.5, p: 1 },
    pairedAucPermutationTest: { statistic: 0, p: 1 },
    delongCovariance: { aucs: [0.5], covariance: [[0]] },
    delongTest: { difference: 0, variance: 0, low: 0, high: 0, p: 1 },
    delongUnpairedTest: { difference: 0, variance: 0, low: 0, high: 0, p: 1, degreesOfFreedom: NaN },
    aucEquivalenceTest: { auc: 0.5, p: 0, low: 0.5, high: 0.5, equivalent: true },
    crossValidatedAucInterval: { mean: 0.5, variance: 0, low: 0.5, high: 0.5, perFold: [0.5] },
    bootstrapAucInterval: { estimate: 0.5, low: 0.5, high: 0.5, standardError: 0 },
    rocBand: { truePositiveRate: [0, 0.25, 1], low: [0, 0.25, 1], high: [0, 0.25, 1] },
    confusionCounts: { truePositives: 2, falsePositives: 2, trueNegatives: 0, falseNegatives: 0 },
  };

  it.each(Object.entries(needScores))('%s has a result', (name, scored) => {
    expect(scored([0, 1, 0, 1], [3, 3, 3, 3])).toEqual(
      typeof result[name] === 'number' ? expect.closeTo(result[name], 14) : expect.objectContaining(result[name] as object),
    );
  });
});

describe('of a table of counts', () => {
  const table = (truePositives: number, falsePositives: number, trueNegatives: number, falseNegatives: number): ConfusionCounts => ({
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives,
  });
  const functions = { confusionRates, balancedAccuracy, matthewsCorrelation, f1Score, likelihoodRatios };
  const unknown = { estimate: NaN, low: 0, high: 1 };
  const unknownRatio = { estimate: NaN, low: 0, high: Infinity };

  it.each(Object.entries(functions))('%s refuses no cases, and counts that are none', (_, of) => {
    expect(codeOf(() => of(table(0, 0, 0, 0)))).toBe('evaluation/empty');
    expect(codeOf(() => of(table(1, NaN, 0, 0)))).toBe('evaluation/bad-option');
    expect(codeOf(() => of(table(1, 0, -1, 0)))).toBe('evaluation/bad-option');
  });

  it('without class 0, what is said of class 0 is not known', () => {
    expect(confusionRates(table(2, 0, 0, 3))).toMatchObject({ specificity: unknown, negativePredictiveValue: { estimate: 0 } });
    expect(likelihoodRatios(table(2, 0, 0, 3))).toEqual({ positive: unknownRatio, negative: unknownRatio });
    expect([balancedAccuracy(table(2, 0, 0, 3)), matthewsCorrelation(table(2, 0, 0, 3))]).toEqual([NaN, 0]);
  });

  it('where class 1 is never called, what is said of the call is not known', () => {
    expect(confusionRates(table(0, 0, 4, 3))).toMatchObject({ positivePredictiveValue: unknown, sensitivity: { estimate: 0, low: 0 } });
    expect(likelihoodRatios(table(0, 0, 4, 3))).toMatchObject({ positive: unknownRatio, negative: { estimate: 1 } });
    expect([f1Score(table(0, 0, 4, 3)), f1Score(table(0, 0, 4, 0)), matthewsCorrelation(table(0, 0, 4, 3))]).toEqual([0, NaN, 0]);
  });
});

it.each(Object.entries({ bonferroni, holm, benjaminiHochberg }))('%s refuses no p-values and what is none', (_, adjust) => {
  expect([[], [NaN], [1.1], [-0.1]].map((ps) => codeOf(() => adjust(ps)))).toEqual([
    'evaluation/empty',
    'evaluation/not-finite',
    'evaluation/not-a-probability',
    'evaluation/not-a-probability',
  ]);
  expect(adjust([0.2])).toEqual([0.2]);
});

it.each<[string, string, () => unknown]>([
  ['correctedTTest of nothing', 'evaluation/empty', () => correctedTTest([], { testCases: 1, trainingCases: 4 })],
  ['correctedTTest of NaN', 'evaluation/not-finite', () => correctedTTest([NaN, 1], { testCases: 1, trainingCases: 4 })],
  ['permutationTest of nothing', 'evaluation/empty', () => permutationTest([], () => 0, draws())],
  ['permutationTest of a third class', 'evaluation/bad-label', () => permutationTest([0, 2 as BinaryLabel], () => 0, draws())],
  ['pairedPermutationTest of nothing', 'evaluation/empty', () => pairedPermutationTest([], [], () => 0, draws())],
  ['pairedPermutationTest of NaN', 'evaluation/not-finite', () => pairedPermutationTest([NaN], [1], () => 0, draws())],
  ['bootstrapInterval of nothing', 'evaluation/bad-option', () => bootstrapInterval(0, () => 0, { rng: rng(0) })],
  ['bootstrapInterval without resamples', 'evaluation/bad-option', () => bootstrapInterval(3, () => 0, { rng: rng(0), resamples: 0 })],
  ['delongCovariance of no models', 'evaluation/empty', () => delongCovariance([0, 1], [])],
])('%s is refused: %s', (_, code, run) => {
  expect(codeOf(run)).toBe(code);
});

it('of one case, what needs no spread has a result', () => {
  expect(confusionCounts([1], [0.7])).toEqual({ truePositives: 1, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 });
  expect(bootstrapInterval(1, (cases) => cases.length, { rng: rng(0), resamples: 5 })).toMatchObject({ estimate: 1, low: 1, high: 1 });
  expect(pairedPermutationTest([1], [2], ([a], [b]) => a! - b!, draws())).toEqual({ statistic: -1, p: 1, exact: true, arrangements: 2 });
  expect(permutationTest([1], () => 4, draws())).toMatchObject({ statistic: 4, p: 1 });
});

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return isMgmtError(error) ? error.code : String(error);
  }
  return undefined;
}
