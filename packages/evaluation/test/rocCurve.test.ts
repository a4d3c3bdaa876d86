import fc from 'fast-check';
import { type BinaryLabel, rocAuc, rocCurve } from '../src/index.js';
import { golden } from './golden.js';
import { labelsOf, rows, scoresOf } from './rows.js';

interface Case {
  name: string;
  labels: BinaryLabel[];
  scores: number[];
  falsePositiveRates: number[];
  truePositiveRates: number[];
  thresholds: (number | 'Infinity')[];
}

describe('rocCurve', () => {
  it.each(golden<Case[]>('sklearn', 'rocCurve'))('equals scikit-learn: $name', ({ labels, scores, ...expected }) => {
    const curve = rocCurve(labels, scores);
    expect(curve.thresholds.map((score) => score + 0)).toEqual(expected.thresholds.map((score) => Number(score) + 0)); // -0 ties with 0, either may stand for both
    expect(curve.falsePositiveRates).toEqual(expected.falsePositiveRates);
    expect(curve.truePositiveRates).toEqual(expected.truePositiveRates);
  });

  it('goes from (0, 0) to (1, 1) without a step back', () => {
    fc.assert(
      fc.property(rows(), (all) => {
        const { falsePositiveRates, truePositiveRates, thresholds } = rocCurve(labelsOf(all), scoresOf(all));
        expect([falsePositiveRates[0], truePositiveRates[0], thresholds[0]]).toEqual([0, 0, Infinity]);
        expect([falsePositiveRates.at(-1), truePositiveRates.at(-1)]).toEqual([1, 1]);
        for (const rates of [falsePositiveRates, truePositiveRates]) expect(rates).toEqual([...rates].sort((a, b) => a - b));
        expect(thresholds).toEqual([...new Set(thresholds)].sort((a, b) => b - a));
      }),
    );
  });

  it('has the area of rocAuc under it', () => {
    fc.assert(
      fc.property(rows(), (all) => {
        const { falsePositiveRates: x, truePositiveRates: y } = rocCurve(labelsOf(all), scoresOf(all));
        const area = x.slice(1).reduce((sum, right, i) => sum + ((right - x[i]!) * (y[i]! + y[i + 1]!)) / 2, 0);
        expect(area).toBeCloseTo(rocAuc(labelsOf(all), scoresOf(all)), 12);
      }),
    );
  });
});
