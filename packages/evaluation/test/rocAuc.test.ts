import fc from 'fast-check';
import { type BinaryLabel, rocAuc } from '../src/index.js';
import { golden } from './golden.js';
import { labelsOf, rows, scoresOf, swapped } from './rows.js';

interface Case {
  name: string;
  labels: BinaryLabel[];
  scores: number[];
  auc: number;
}

describe('rocAuc', () => {
  it.each(golden<Case[]>('sklearn', 'rocAuc'))('equals scikit-learn: $name', ({ labels, scores, auc }) => {
    expect(rocAuc(labels, scores)).toBeCloseTo(auc, 12);
  });

  it('is the share of pairs in the right order, ties counting half', () => {
    fc.assert(
      fc.property(rows(), (all) => {
        const pairs = all.flatMap(([a, low]) => all.flatMap(([b, high]) => (a === 0 && b === 1 ? [(Math.sign(high - low) + 1) / 2] : [])));
        expect(rocAuc(labelsOf(all), scoresOf(all))).toBe(pairs.reduce((sum, won) => sum + won, 0) / pairs.length);
      }),
    );
  });

  it('does not change under a monotone map of the scores', () => {
    fc.assert(
      fc.property(rows(), (all) => {
        const mapped = scoresOf(all).map((score) => Math.exp(score / 10));
        expect(rocAuc(labelsOf(all), mapped)).toBe(rocAuc(labelsOf(all), scoresOf(all)));
      }),
    );
  });

  it('is mirrored when the labels are swapped', () => {
    fc.assert(
      fc.property(rows(), (all) => {
        expect(rocAuc(swapped(labelsOf(all)), scoresOf(all))).toBeCloseTo(1 - rocAuc(labelsOf(all), scoresOf(all)), 12);
      }),
    );
  });

  it('does not care in which order the cases come', () => {
    fc.assert(
      fc.property(rows(), (all) => {
        const back = [...all].reverse();
        expect(rocAuc(labelsOf(back), scoresOf(back))).toBe(rocAuc(labelsOf(all), scoresOf(all)));
      }),
    );
  });

  it('takes typed arrays and leaves its input alone', () => {
    const scores = Float32Array.of(0.8, 0.1, 0.35, 0.4);
    expect(rocAuc([1, 0, 1, 0], scores)).toBe(0.75);
    expect(scores).toEqual(Float32Array.of(0.8, 0.1, 0.35, 0.4));
  });
});
