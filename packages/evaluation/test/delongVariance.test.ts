import fc from 'fast-check';
import { type BinaryLabel, delongVariance } from '../src/index.js';
import { golden } from './golden.js';
import { classes, labelsOf, rows, scoresOf, swapped } from './rows.js';

interface Case {
  name: string;
  labels: BinaryLabel[];
  scores: number[];
  variance: number;
}

describe('delongVariance', () => {
  it.each(golden<Case[]>('pROC', 'delong'))('equals pROC: $name', ({ labels, scores, variance }) => {
    expect(delongVariance(labels, scores) / variance).toBeCloseTo(1, 12);
  });

  it('is the same when the labels are swapped, and when the scores are mapped monotonically', () => {
    fc.assert(
      fc.property(rows(2), (all) => {
        const [labels, scores] = [labelsOf(all), scoresOf(all)];
        const variance = delongVariance(labels, scores);
        expect(delongVariance(swapped(labels), scores)).toBeCloseTo(variance, 12);
        expect(
          delongVariance(
            labels,
            scores.map((score) => score ** 3),
          ),
        ).toBe(variance);
      }),
    );
  });

  it('is 0 where all scores are equal and where the classes are told apart perfectly', () => {
    expect(delongVariance([0, 1, 0, 1], [5, 5, 5, 5])).toBe(0);
    expect(delongVariance(classes(3, 4), [1, 2, 3, 4, 5, 6, 7])).toBe(0);
  });

  it('takes 100,000 scores without comparing them pair by pair', () => {
    const pairs = 50_000; // scores 0, 1, 2, … of classes 0, 1, 0, …: placements are k / pairs, twice, of variance (pairs + 1) / (12 pairs)
    const labels = Array.from({ length: 2 * pairs }, (_, i) => (i % 2) as BinaryLabel);
    expect(delongVariance(labels, [...labels.keys()]) * pairs).toBeCloseTo((2 * (pairs + 1)) / (12 * pairs), 10);
  });
});
