import fc from 'fast-check';
import { seedAgreement, seedShift } from '../../src/index.js';
import { tables } from './seedTables.js';

describe('seedShift', () => {
  it.each(tables)('equals statsmodels, corrected: $name', ({ scores, f, epsilon, p }) => {
    const found = seedShift(scores);
    expect(found.f / f).toBeCloseTo(1, 8);
    expect(found.epsilon).toBeCloseTo(epsilon, 9);
    expect(found.p === p ? 1 : found.p / p).toBeCloseTo(1, 6);
    expect(found.degrees[0]).toBeCloseTo((scores.length - 1) * epsilon, 8);
  });

  it('shows each seed’s mean and spread, and the spread of the means', () => {
    const { means, deviations, deviationOfMeans } = seedShift([
      [0.1, 0.3],
      [0.5, 0.5],
    ]);
    expect(means).toEqual([expect.closeTo(0.2, 12), 0.5]);
    expect(deviations).toEqual([expect.closeTo(0.1 * Math.SQRT2, 12), 0]);
    expect(deviationOfMeans).toBeCloseTo(0.3 / Math.SQRT2, 12);
  });

  it('does not care for the order of seeds, nor what all cases have in common', () => {
    const scores = tables[1]!.scores;
    const at = seedShift(scores);
    const turned = seedShift(scores.map((row) => row.map((score, i) => score + i)).reverse());
    expect(turned.f / at.f).toBeCloseTo(1, 7);
    expect(turned.epsilon).toBeCloseTo(at.epsilon, 7);
  });

  it.each([
    ['predict the same', [[0.1, 0.3, 0.2], [0.1, 0.3, 0.2]], { f: 0, p: 1, deviationOfMeans: 0 }], // prettier-ignore
    ['are the same constant', [[0.3, 0.3], [0.3, 0.3]], { f: 0, p: 1, epsilon: 1 }], // prettier-ignore
    ['are different constants', [[0.3, 0.3], [0.4, 0.4]], { f: Infinity, p: 0, epsilon: 1 }], // prettier-ignore
  ])('is known where seeds %s', (_, scores, says) => {
    expect(seedShift(scores)).toMatchObject(says);
  });

  describe.each(Object.entries({ seedShift, seedAgreement }))('%s', (_, judge) => {
    it.each([
      [/evaluation\/too-few/, [[1, 2, 3]]],
      [/evaluation\/too-few/, []],
      [/evaluation\/too-few/, [[1], [2]]],
      [/evaluation\/length-mismatch: seed 1/, [[1, 2], [2]]],
      [/evaluation\/not-finite: seed 1.*index 0/, [[1, 2], [NaN, 2]]], // prettier-ignore
    ])('refuses %s', (says, scores) => {
      expect(() => judge(scores)).toThrow(says);
    });
  });
});

describe('epsilon', () => {
  it('lies between 1 / (seeds - 1) and 1', () => {
    const table = fc
      .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 9 }))
      .chain(([k, n]) =>
        fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }), { minLength: k, maxLength: k }),
      );
    fc.assert(
      fc.property(table, (scores) => {
        const { epsilon, p } = seedShift(scores);
        expect(epsilon).toBeGreaterThanOrEqual(1 / (scores.length - 1) - 1e-12);
        expect(epsilon).toBeLessThanOrEqual(1);
        expect(p >= 0 && p <= 1).toBe(true);
      }),
    );
  });
});
