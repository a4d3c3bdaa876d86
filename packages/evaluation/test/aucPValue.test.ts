import fc from 'fast-check';
import { aucPValue, type BinaryLabel, chanceAucStandardError, delongInterval } from '../src/index.js';
import { golden } from './golden.js';
import { classes, labelsOf, rows, scoresOf, swapped } from './rows.js';

interface Case {
  name: string;
  labels: BinaryLabel[];
  scores: number[];
  p: number;
}

describe('aucPValue', () => {
  it.each(golden<Case[]>('scipy', 'mannWhitney'))('equals the Mann-Whitney test of SciPy: $name', ({ labels, scores, p }) => {
    expect(aucPValue(labels, scores) / p).toBeCloseTo(1, 11);
  });

  it('is 0.0091 for an AUC of 0.64 with 56 and 61 cases', () => {
    const won = 2186; // of 3,416 pairs, 0.63993
    const scores = [...Array(56).keys(), ...positivesWinning(won, 61)];
    expect(aucPValue(classes(56, 61), scores)).toBeCloseTo(0.0091, 4);
  });

  it.each(['chance', 'delong'] as const)('by %s is a probability, and the same when the labels are swapped', (spread) => {
    fc.assert(
      fc.property(rows(2), (all) => {
        const p = aucPValue(labelsOf(all), scoresOf(all), { spread });
        expect(p >= 0 && p <= 1).toBe(true);
        expect(aucPValue(swapped(labelsOf(all)), scoresOf(all), { spread })).toBeCloseTo(p, 10);
      }),
    );
  });

  it('by delong is below 0.05 exactly where the interval leaves out 0.5', () => {
    fc.assert(
      fc.property(rows(2), (all) => {
        const { low, high } = delongInterval(labelsOf(all), scoresOf(all));
        const p = aucPValue(labelsOf(all), scoresOf(all), { spread: 'delong' });
        expect(p < 0.05).toBe(low > 0.5 || high < 0.5);
      }),
      { numRuns: 500 },
    );
  });

  it('by delong is never below what perfect separation can show', () => {
    expect(aucPValue(classes(5, 9), [...Array(14).keys()], { spread: 'delong' })).toBe(2 / 2 ** 5);
  });

  it.each(['chance', 'delong'] as const)('by %s is 1 where all scores are equal', (spread) => {
    expect(aucPValue([0, 1, 0, 1], [2, 2, 2, 2], { spread })).toBe(1);
  });

  it('by chance needs one case of each class only', () => {
    expect(aucPValue([0, 1], [1, 2])).toBeCloseTo(0.3173, 4); // one deviation: 0.5 from 0.5, with a standard error of 0.5
    expect(chanceAucStandardError(1, 1)).toBe(0.5);
  });
});

/** Scores of `count` cases that together win so many pairs against 0, 1, 2, …, 55 without a tie. */
function positivesWinning(won: number, count: number): number[] {
  const each = Math.floor(won / count);
  const more = won - each * count; // so many win one pair more
  return Array.from({ length: count }, (_, i) => each + (i < more ? 1 : 0) - 0.5 + i / 1000);
}
