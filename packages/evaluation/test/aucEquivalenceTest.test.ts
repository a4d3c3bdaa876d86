import fc from 'fast-check';
import { aucEquivalenceTest, delongInterval } from '../src/index.js';
import { classes, labelsOf, rows, scoresOf, swapped } from './rows.js';

describe('aucEquivalenceTest', () => {
  it('is sure exactly where the interval at 1 - 2 alpha lies within the margin', () => {
    fc.assert(
      fc.property(rows(2), fc.double({ min: 0.01, max: 0.49, noNaN: true }), (all, margin) => {
        const found = aucEquivalenceTest(labelsOf(all), scoresOf(all), { margin });
        const { low, high } = delongInterval(labelsOf(all), scoresOf(all), { level: 0.9 });
        expect([found.low, found.high]).toEqual([expect.closeTo(low, 12), expect.closeTo(high, 12)]);
        expect(found.equivalent).toBe(low > 0.5 - margin && high < 0.5 + margin);
        expect(found.p < 0.05).toBe(found.equivalent);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same when the labels are swapped', () => {
    fc.assert(
      fc.property(rows(2), (all) => {
        const p = (labels: ReturnType<typeof labelsOf>) => aucEquivalenceTest(labels, scoresOf(all), { margin: 0.2 }).p;
        expect(p(swapped(labelsOf(all)))).toBeCloseTo(p(labelsOf(all)), 10);
      }),
    );
  });

  it('is never sure of perfect separation, and always of equal scores', () => {
    const labels = classes(3, 4);
    expect(aucEquivalenceTest(labels, [...labels.keys()], { margin: 0.4 })).toMatchObject({ auc: 1, p: 1, equivalent: false });
    expect(
      aucEquivalenceTest(
        labels,
        labels.map(() => 1),
        { margin: 0.01 },
      ),
    ).toMatchObject({ auc: 0.5, p: 0, equivalent: true });
  });

  it.each([0, 0.5, NaN])('refuses the margin %p', (margin) => {
    expect(() => aucEquivalenceTest([0, 0, 1, 1], [1, 2, 3, 4], { margin })).toThrow(/bad-option: the option margin/);
  });
});
