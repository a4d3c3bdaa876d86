import fc from 'fast-check';
import { kernelDensity, overlapCoefficient } from '../src/index.js';
import { normalTail } from '../src/normal.js';

const sample = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 });
const on = { domain: [0, 1], boundary: 'reflecting' } as const;
const bell = (mean: number) => kernelDensity([mean], { bandwidth: 1, domain: [-10, 12], grid: 2201 });

describe('overlapCoefficient', () => {
  it.each([0, 0.5, 1, 2])('of two normal densities %p deviations apart is twice the tail from half way', (apart) => {
    expect(overlapCoefficient(bell(0), bell(apart))).toBeCloseTo(2 * normalTail(apart / 2), 5); // steps of 0.01 cut the corner where the two cross
  });

  it('is 1 with itself, the same both ways, and within [0, 1]', () => {
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const [a, b] = [kernelDensity(first, on), kernelDensity(second, on)];
        expect(overlapCoefficient(a, a)).toBeCloseTo(1, 12);
        const overlap = overlapCoefficient(a, b);
        expect(overlap).toBe(overlapCoefficient(b, a));
        expect(overlap >= 0 && overlap <= 1).toBe(true);
      }),
    );
  });

  it('is 0 where the two never meet', () => {
    const options = { bandwidth: 0.001, domain: [0, 1], grid: 2001 } as const;
    expect(overlapCoefficient(kernelDensity([0.2], options), kernelDensity([0.8], options))).toBeCloseTo(0, 12);
  });

  it('refuses two grids, and a density without area', () => {
    const a = kernelDensity([0.2, 0.3], { domain: [0, 1] });
    expect(() => overlapCoefficient(a, kernelDensity([0.2, 0.3], { domain: [0, 1], grid: 10 }))).toThrow(
      /grid-mismatch.*\n.*256 points from 0 to 1/,
    );
    expect(() => overlapCoefficient(a, kernelDensity([0.2, 0.3], { domain: [0, 2] }))).toThrow(/grid-mismatch/);
    expect(() => overlapCoefficient(a, { x: a.x, density: a.x.map(() => 0) })).toThrow(/no-area/);
  });
});
