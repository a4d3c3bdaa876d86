import fc from 'fast-check';
import { seedAgreement } from '../../src/index.js';
import { tables } from './seedTables.js';

describe('seedAgreement', () => {
  it.each(tables)('equals SciPy’s ranks and statsmodels’ variances: $name', (expected) => {
    const found = seedAgreement(expected.scores);
    found.rankCorrelations.forEach((row, i) => row.forEach((r, j) => expect(r).toBeCloseTo(expected.rankCorrelations[i]![j]!, 12)));
    expect(found.rankCorrelation).toBeCloseTo(expected.rankCorrelation, 12);
    expect(found.consistency).toBeCloseTo(expected.consistency, 9);
    expect(found.agreement).toBeCloseTo(expected.agreement, 9);
  });

  it('is what Shrout and Fleiss print: ICC(3,1) 0.71 and ICC(2,1) 0.29', () => {
    const { consistency, agreement } = seedAgreement(tables[0]!.scores);
    expect([consistency.toFixed(2), agreement.toFixed(2)]).toEqual(['0.71', '0.29']);
  });

  it('keeps its ranks under any rising map, and its consistency when seeds are moved', () => {
    const { scores } = tables[1]!;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: scores.length, maxLength: scores.length }), (levels) => {
        const at = seedAgreement(scores);
        const moved = seedAgreement(scores.map((row, seed) => row.map((score) => score + levels[seed]!)));
        expect(moved.consistency).toBeCloseTo(at.consistency, 8);
        const bent = seedAgreement(scores.map((row, seed) => row.map((score) => Math.exp(score + levels[seed]!))));
        expect(bent.rankCorrelation).toBeCloseTo(at.rankCorrelation, 10);
      }),
      { numRuns: 20 },
    );
  });

  it('is 1 of seeds that agree, -1 of two that contradict each other', () => {
    expect(seedAgreement([[1, 2, 3], [1, 2, 3]])).toMatchObject({ rankCorrelation: 1, consistency: 1, agreement: 1 }); // prettier-ignore
    expect(seedAgreement([[1, 2, 3], [3, 2, 1]])).toMatchObject({ rankCorrelation: -1, consistency: -1 }); // prettier-ignore
  });

  it('has no order where a seed is constant, and no coefficient where nothing varies', () => {
    const { rankCorrelation, consistency } = seedAgreement([[1, 2, 3], [5, 5, 5]]); // prettier-ignore
    expect(rankCorrelation).toBeNaN();
    expect(Number.isFinite(consistency)).toBe(true);
    expect(seedAgreement([[1, 1], [1, 1]]).consistency).toBeNaN(); // prettier-ignore
  });
});
