import fc from 'fast-check';
import { type BinaryLabel, delongInterval, delongMeanInterval } from '../src/index.js';
import { golden } from './golden.js';
import { classes, labelsOf, rows, scoresOf } from './rows.js';

interface Case {
  name: string;
  labels: BinaryLabel[];
  scoresBySeed: number[][];
  perSeed: number[];
  variance: number;
}

describe('delongMeanInterval', () => {
  it.each(golden<Case[]>('pROC', 'seeds'))(
    'has the variance that pROC finds through all covariances: $name',
    ({ labels, scoresBySeed, perSeed, variance }) => {
      const found = delongMeanInterval(labels, scoresBySeed);
      found.perSeed.forEach((auc, seed) => expect(auc).toBeCloseTo(perSeed[seed]!, 12));
      expect(found.mean).toBeCloseTo(perSeed.reduce((sum, auc) => sum + auc, 0) / perSeed.length, 12);
      expect(found.variance / variance).toBeCloseTo(1, 12);
    },
  );

  it('is delongInterval for one seed, and for the same seed twice', () => {
    fc.assert(
      fc.property(rows(2), (all) => {
        const [labels, scores] = [labelsOf(all), scoresOf(all)];
        const { auc, ...interval } = delongInterval(labels, scores);
        expect(delongMeanInterval(labels, [scores])).toEqual({ mean: auc, perSeed: [auc], ...interval });
        expect(delongMeanInterval(labels, [scores, scores])).toEqual({ mean: auc, perSeed: [auc, auc], ...interval });
      }),
    );
  });

  it('does not care about the scale of a seed', () => {
    const labels: BinaryLabel[] = [0, 1, 0, 1, 1, 0];
    const [a, b] = [
      [1, 2, 3, 4, 5, 6],
      [3, 1, 2, 6, 5, 4],
    ];
    expect(delongMeanInterval(labels, [a, b.map((score) => 1e6 * score)])).toEqual(delongMeanInterval(labels, [a, b]));
  });

  it('claims no certainty from perfect separation', () => {
    const labels = classes(5, 6);
    const scores = [...labels.keys()];
    const { low, high } = delongMeanInterval(labels, [scores, scores, scores]);
    expect([low, high]).toEqual([expect.closeTo(0.025 ** (1 / 5), 12), 1]);
  });
});
