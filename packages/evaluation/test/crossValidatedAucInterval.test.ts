import { rng } from '@mgmt/core';
import { crossValidatedAucInterval, delongInterval, delongMeanInterval, rocAuc, type BinaryLabel } from '../src/index.js';
import { golden } from './golden.js';
import { classes } from './rows.js';
import { seedScores } from './simulate.js';

interface Case {
  labels: BinaryLabel[];
  scores: number[];
  variance: number;
}

const asymptotic = { variance: 'asymptotic' } as const;

describe('crossValidatedAucInterval', () => {
  it('has as its asymptotic variance the mean of those of pROC, over the number of folds', () => {
    const folds = golden<Case[]>('pROC', 'delong');
    const { variance, perFold, mean } = crossValidatedAucInterval(folds, asymptotic);
    expect(variance).toBeCloseTo(folds.reduce((sum, fold) => sum + fold.variance, 0) / folds.length ** 2, 14);
    expect(perFold).toEqual(folds.map(({ labels, scores }) => rocAuc(labels, scores)));
    expect(mean).toBeCloseTo(perFold.reduce((sum, auc) => sum + auc, 0) / folds.length, 14);
  });

  it('doubles that variance for folds that trained each other, but not for one', () => {
    const folds = golden<Case[]>('pROC', 'delong');
    expect(crossValidatedAucInterval(folds).variance).toBeCloseTo(2 * crossValidatedAucInterval(folds, asymptotic).variance, 14);
    const { low, high } = delongInterval(folds[1]!.labels, folds[1]!.scores);
    expect(crossValidatedAucInterval([folds[1]!])).toMatchObject({
      low: expect.closeTo(low, 12) as number,
      high: expect.closeTo(high, 12) as number,
    });
  });

  it('does not take repetitions for patients: it is the mean of seeds where all folds hold the same patients', () => {
    const labels = classes(20, 25);
    const scoresBySeed = seedScores(labels, rng('repetitions'), { seeds: 4, shared: 0.5 });
    const patients = labels.map((_, i) => `patient ${i}`);
    const { variance, low, high } = crossValidatedAucInterval(
      scoresBySeed.map((scores) => ({ labels, scores, patients })),
      asymptotic,
    );
    const seeds = delongMeanInterval(labels, scoresBySeed);
    expect([variance, low, high]).toEqual([seeds.variance, seeds.low, seeds.high].map((value) => expect.closeTo(value, 12) as number));
  });

  it('does not care on which scale each fold is', () => {
    const [a, b] = golden<Case[]>('pROC', 'delong').slice(1, 3) as [Case, Case];
    const moved = { ...b, scores: b.scores.map((score) => 1000 + 3 * score) };
    expect(crossValidatedAucInterval([a, moved])).toEqual(crossValidatedAucInterval([a, b]));
  });

  it('claims no certainty from perfect separation in all folds', () => {
    const labels = classes(4, 6);
    const fold = { labels, scores: [...labels.keys()] };
    expect(crossValidatedAucInterval([fold, fold, fold])).toMatchObject({
      mean: 1,
      low: expect.closeTo(0.025 ** (1 / 12), 12) as number,
      high: 1,
    });
    const repeated = { ...fold, patients: labels.map((_, i) => i) };
    expect(crossValidatedAucInterval([repeated, repeated])).toMatchObject({ low: expect.closeTo(0.025 ** (1 / 4), 12) as number });
  });

  it('says which fold is wrong', () => {
    const fold = { labels: classes(2, 2), scores: [1, 2, 3, 4] };
    expect(() => crossValidatedAucInterval([])).toThrow(/empty: there are no folds/);
    expect(() => crossValidatedAucInterval([fold, { ...fold, scores: [1, NaN, 2, 3] }])).toThrow(/not-finite: fold 1/);
    expect(() => crossValidatedAucInterval([{ ...fold, patients: [1, 2] }])).toThrow(
      /length-mismatch: fold 0: every case needs its patient/,
    );
    expect(() => crossValidatedAucInterval([fold, { labels: [0, 1, 1], scores: [1, 2, 3] }])).toThrow(/too-few/);
  });
});
