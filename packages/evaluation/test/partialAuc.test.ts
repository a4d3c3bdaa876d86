import fc from 'fast-check';
import { type BinaryLabel, delongInterval, partialAuc, rocAuc, type PartialAucOptions } from '../src/index.js';
import { golden } from './golden.js';
import { labelsOf, rows, scoresOf, swapped } from './rows.js';

interface Case {
  name: string;
  labels: BinaryLabel[];
  scores: number[];
  parts: { focus: PartialAucOptions['focus']; range: [number, number]; area: number; corrected: number }[];
  delong90: [number, number];
}

const foci = ['specificity', 'sensitivity'] as const;

describe('partialAuc', () => {
  it.each(golden<Case[]>('comparisons', 'partial'))('equals pROC, corrected or not: $name', ({ labels, scores, parts }) => {
    for (const { focus, range, area, corrected } of parts) {
      expect(partialAuc(labels, scores, { focus, range })).toBeCloseTo(area, 12);
      expect(partialAuc(labels, scores, { focus, range, corrected: true })).toBeCloseTo(corrected, 11);
    }
  });

  it('of the whole range is the AUC, and of its parts adds up to it', () => {
    fc.assert(
      fc.property(rows(), fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.constantFrom(...foci), (all, cut, focus) => {
        const part = (low: number, high: number) => partialAuc(labelsOf(all), scoresOf(all), { focus, range: [low, high] });
        expect(part(0, 1)).toBeCloseTo(rocAuc(labelsOf(all), scoresOf(all)), 12);
        expect(part(0, cut) + part(cut, 1)).toBeCloseTo(part(0, 1), 12);
      }),
    );
  });

  it('of high specificity becomes that of high sensitivity when classes and scores are turned around', () => {
    fc.assert(
      fc.property(rows(), (all) => {
        const range = [0.7, 0.9] as const;
        const turned = partialAuc(
          swapped(labelsOf(all)),
          scoresOf(all).map((score) => -score),
          { focus: 'sensitivity', range },
        );
        expect(turned).toBeCloseTo(partialAuc(labelsOf(all), scoresOf(all), { focus: 'specificity', range }), 12);
      }),
    );
  });

  it.each(foci)('corrected is 0.5 of equal scores and 1 of perfect ones, by %s', (focus) => {
    const corrected = (scores: number[]) => partialAuc([0, 0, 1, 1], scores, { focus, range: [0.8, 1], corrected: true });
    expect([corrected([1, 1, 1, 1]), corrected([1, 2, 3, 4])]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(1, 12)]);
  });

  it.each([
    [0.5, 0.5],
    [0.9, 0.1],
    [-0.1, 1],
    [0, 1.1],
    [NaN, 1],
  ] as const)('refuses the range %p to %p', (low, high) => {
    expect(() => partialAuc([0, 1], [1, 2], { focus: 'specificity', range: [low, high] })).toThrow(/bad-option: the option range/);
  });
});

describe('delongInterval, linear', () => {
  it.each(golden<Case[]>('comparisons', 'partial'))('equals ci.auc of pROC: $name', ({ labels, scores, delong90 }) => {
    const { low, high } = delongInterval(labels, scores, { level: 0.9, scale: 'linear' });
    expect([low, high]).toEqual(delong90.map((end) => expect.closeTo(end, 12) as number));
  });
});
