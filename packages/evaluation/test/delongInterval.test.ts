import fc from 'fast-check';
import { type BinaryLabel, delongInterval, delongVariance, rocAuc } from '../src/index.js';
import { golden } from './golden.js';
import { classes, labelsOf, rows, scoresOf, swapped } from './rows.js';

interface Case {
  name: string;
  labels: BinaryLabel[];
  scores: number[];
  logit90: [number, number];
}

describe('delongInterval', () => {
  it.each(golden<Case[]>('pROC', 'delong'))('equals the logit interval from the variance of pROC: $name', ({ labels, scores, logit90 }) => {
    const { low, high } = delongInterval(labels, scores, { level: 0.9 });
    expect(low).toBeCloseTo(logit90[0], 12);
    expect(high).toBeCloseTo(logit90[1], 12);
  });

  it('gives AUC and variance along, and holds the AUC within [0, 1]', () => {
    fc.assert(
      fc.property(rows(2), (all) => {
        const [labels, scores] = [labelsOf(all), scoresOf(all)];
        const { auc, variance, low, high } = delongInterval(labels, scores);
        expect([auc, variance]).toEqual([rocAuc(labels, scores), delongVariance(labels, scores)]);
        expect(0 <= low && low <= auc && auc <= high && high <= 1).toBe(true);
      }),
    );
  });

  it('is mirrored when the labels are swapped', () => {
    fc.assert(
      fc.property(rows(2), (all) => {
        const { low, high } = delongInterval(labelsOf(all), scoresOf(all));
        const mirrored = delongInterval(swapped(labelsOf(all)), scoresOf(all));
        expect(mirrored.low).toBeCloseTo(1 - high, 12);
        expect(mirrored.high).toBeCloseTo(1 - low, 12);
      }),
    );
  });

  it('widens with the level', () => {
    const interval = (level: number) => delongInterval([0, 0, 1, 0, 1, 1], [1, 2, 3, 4, 5, 6], { level });
    expect(interval(0.99).low).toBeLessThan(interval(0.9).low);
    expect(interval(0.99).high).toBeGreaterThan(interval(0.9).high);
  });

  it('claims no certainty from perfect separation', () => {
    const labels = classes(56, 61);
    const scores = [...labels.keys()];
    expect(delongInterval(labels, scores)).toEqual({ auc: 1, variance: 0, low: expect.closeTo(0.025 ** (1 / 56), 12) as number, high: 1 });
    expect(delongInterval(swapped(labels), scores)).toEqual({
      auc: 0,
      variance: 0,
      low: 0,
      high: expect.closeTo(1 - 0.025 ** (1 / 56), 12) as number,
    });
  });

  it('is [0.5, 0.5] where all scores are equal', () => {
    expect(delongInterval([0, 1, 0, 1], [2, 2, 2, 2])).toEqual({ auc: 0.5, variance: 0, low: 0.5, high: 0.5 });
  });

  it.each([0, 1, 95, NaN])('refuses the level %p', (level) => {
    expect(() => delongInterval([0, 0, 1, 1], [1, 2, 3, 4], { level })).toThrow(/bad-option: the option level/);
  });
});
