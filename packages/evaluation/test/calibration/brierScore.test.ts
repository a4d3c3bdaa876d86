import fc from 'fast-check';
import { brierScore } from '../../src/index.js';
import { cases } from './calibrationCases.js';

describe('brierScore', () => {
  it.each(cases)('equals scikit-learn: $name', ({ labels, probabilities, brier }) => {
    expect(brierScore(labels, probabilities)).toBeCloseTo(brier, 14);
  });

  it('is 0 of what is certain and right, 1 of what is certain and wrong, a quarter of a coin', () => {
    expect([brierScore([0, 1], [0, 1]), brierScore([0, 1], [1, 0]), brierScore([0, 1], [0.5, 0.5])]).toEqual([0, 1, 0.25]);
  });

  it('is lowered in the mean by nothing but the true probability', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, (truth, said) => {
        const mean = (p: number) => truth * brierScore([1], [p]) + (1 - truth) * brierScore([0], [p]);
        expect(mean(said)).toBeGreaterThanOrEqual(mean(truth) - 1e-15);
      }),
    );
  });
});
