import fc from 'fast-check';
import { averagePrecision, type BinaryLabel, precisionRecallCurve } from '../src/index.js';
import { golden } from './golden.js';
import { labelsOf, rows, scoresOf } from './rows.js';

interface Case {
  name: string;
  labels: BinaryLabel[];
  scores: number[];
  precisions: number[];
  recalls: number[];
  thresholds: number[];
  average: number;
}

const cases = golden<Case[]>('inference', 'precisionRecall');

describe('precisionRecallCurve', () => {
  it.each(cases)('equals scikit-learn: $name', ({ labels, scores, precisions, recalls, thresholds }) => {
    const curve = precisionRecallCurve(labels, scores);
    expect(curve.thresholds).toEqual([Infinity, ...thresholds].map((value) => expect.closeTo(value, 14) as number));
    expect(curve.precisions).toEqual(precisions.map((value) => expect.closeTo(value, 14) as number));
    expect(curve.recalls).toEqual(recalls.map((value) => expect.closeTo(value, 14) as number));
  });
});

describe('averagePrecision', () => {
  it.each(cases)('equals scikit-learn: $name', ({ labels, scores, average }) => {
    expect(averagePrecision(labels, scores)).toBeCloseTo(average, 12);
  });

  it('does not change under a monotone map of the scores', () => {
    fc.assert(
      fc.property(rows(), (all) => {
        const mapped = scoresOf(all).map((score) => Math.exp(score / 10));
        expect(averagePrecision(labelsOf(all), mapped)).toBe(averagePrecision(labelsOf(all), scoresOf(all)));
      }),
    );
  });

  it('is the share of class 1 where all scores are equal, and 1 where the classes are told apart perfectly', () => {
    expect(averagePrecision([0, 1, 0, 0], [2, 2, 2, 2])).toBe(0.25);
    expect(averagePrecision([0, 1, 0, 1], [1, 3, 2, 4])).toBe(1);
  });
});
