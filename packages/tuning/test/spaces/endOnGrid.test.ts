import fc from 'fast-check';
import { type FloatDistribution, float, int } from '../../src/index.js';
import { endOnGrid } from '../../src/spaces/endOnGrid.js';

describe('endOnGrid', () => {
  // high of optuna.distributions.FloatDistribution(low, high, step=step), Optuna 5.0.0
  it.each([
    [0, 1, 0.3, 0.9],
    [0, 1, 0.1, 1],
    [0.1, 0.95, 0.2, 0.9],
    [-1, 1, 0.7, 0.4],
    [1e-7, 1e-6, 4e-7, 9e-7],
    [0, 1e22, 3e21, 9e21],
    [0.5, 0.6, 1, 0.5],
  ])('ends [%d, %d] by %d at %d', (low, high, step, end) => {
    expect(endOnGrid(float(low, high, { step }))).toEqual(float(low, end, { step }));
  });

  it('leaves what has no step, or ends on it', () => {
    for (const distribution of [float(0, 1), int(0, 9), int(0, 9, { step: 3 }), float(1, 2, { log: true })]) {
      expect(endOnGrid(distribution)).toBe(distribution);
    }
  });

  it('ends at most a step earlier, and on the grid', () => {
    const decimal = fc.integer({ min: 0, max: 10_000 }).map((thousandths) => thousandths / 1000);
    const range = fc.tuple(
      decimal,
      decimal,
      decimal.filter((step) => step > 0),
    );
    fc.assert(
      fc.property(range, ([a, b, step]) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const end = (endOnGrid(float(low, high, { step })) as FloatDistribution).high;
        expect(end).toBeLessThanOrEqual(high);
        expect(high - end).toBeLessThan(step);
        expect(Math.abs((end - low) / step - Math.round((end - low) / step))).toBeLessThan(1e-8);
      }),
    );
  });
});
