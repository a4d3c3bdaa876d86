import fc from 'fast-check';
import { type Density, kernelDensity } from '../src/index.js';
import { golden } from './golden.js';

interface Case {
  name: string;
  values: number[];
  rule: 'scott' | 'silverman';
  domain: [number, number];
  bandwidth: number;
  density: number[];
}

const unit = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('kernelDensity', () => {
  it.each(golden<Case[]>('scipy', 'kernelDensity'))('equals SciPy: $name', ({ values, rule, domain, bandwidth, density }) => {
    const fine = kernelDensity(values, { bandwidth: rule, domain, grid: 8 * 64 + 1 }); // every 64th point is one of SciPy's
    expect(fine.bandwidth).toBeCloseTo(bandwidth, 12);
    const tolerance = 1e-12 * Math.max(...density);
    density.forEach((height, i) => expect(Math.abs(fine.density[64 * i]! - height)).toBeLessThan(tolerance));
  });

  it.each(golden<(Case & { weights: number[] })[]>('shape', 'weighted'))(
    'equals SciPy with weights: $name',
    ({ values, weights, rule, domain, bandwidth, density }) => {
      const fine = kernelDensity(values, { bandwidth: rule, domain, weights, grid: 8 * 64 + 1 });
      expect(fine.bandwidth).toBeCloseTo(bandwidth, 12);
      const tolerance = 1e-12 * Math.max(...density);
      density.forEach((height, i) => expect(Math.abs(fine.density[64 * i]! - height)).toBeLessThan(tolerance));
    },
  );

  it('is the same with equal weights as without, and without a value as with weight 0 for it', () => {
    const on = { domain: [0, 1], grid: 11, bandwidth: 0.2 } as const;
    const plain = kernelDensity([0.1, 0.4, 0.9], on).density;
    kernelDensity([0.1, 0.4, 0.9], { ...on, weights: [3, 3, 3] }).density.forEach((height, i) => expect(height).toBeCloseTo(plain[i]!, 12));
    const without = kernelDensity([0.1, 0.4, 0.9, 0.5], { ...on, weights: [1, 1, 1, 0] }).density;
    without.forEach((height, i) => expect(height).toBeCloseTo(plain[i]!, 12));
  });

  it('integrates to one', () => {
    fc.assert(
      fc.property(unit, fc.constantFrom('scott' as const, 'silverman' as const), (values, bandwidth) => {
        expect(area(kernelDensity(values, { bandwidth, domain: [-4, 5], grid: 1001 }))).toBeCloseTo(1, 6);
      }),
    );
  });

  it('integrates to one within the domain that it is reflected in', () => {
    fc.assert(
      fc.property(unit, fc.double({ min: 0.01, max: 0.3, noNaN: true }), (values, bandwidth) => {
        expect(area(kernelDensity(values, { bandwidth, domain: [0, 1], boundary: 'reflecting', grid: 1001 }))).toBeCloseTo(1, 2);
      }),
    );
  });

  it('moves with the values and flattens as they are stretched', () => {
    const values = [0.1, 0.4, 0.45, 0.9];
    const at = kernelDensity(values, { domain: [0, 1], grid: 11 });
    const moved = kernelDensity(
      values.map((value) => 10 * value + 3),
      { domain: [3, 13], grid: 11 },
    );
    moved.density.forEach((height, i) => expect(height).toBeCloseTo(at.density[i]! / 10, 12));
  });

  it('is flat at a reflecting boundary', () => {
    const { density } = kernelDensity([0.1, 0.2, 0.3], { bandwidth: 0.2, domain: [0, 1], boundary: 'reflecting', grid: 1001 });
    expect((density[1]! - density[0]!) / 0.001).toBeCloseTo(0, 1);
  });

  it('reaches three bandwidths beyond the values by itself', () => {
    const { x } = kernelDensity([0, 1], { bandwidth: 0.5, grid: 3 });
    expect(x).toEqual([-1.5, 0.5, 2.5]);
  });

  it.each([
    ['one value', [0.4]],
    ['equal values', [0.4, 0.4, 0.4]],
    ['values closer together than the grid', [0.4, 0.4 + 1e-9]],
  ])('shows %s as a bump as wide as the grid can show', (_, values) => {
    const bump = kernelDensity(values, { domain: [0, 1], grid: 101 });
    expect(bump.bandwidth).toBeCloseTo(0.01, 12);
    expect(area(bump)).toBeCloseTo(1, 6);
    expect(area(kernelDensity(values))).toBeCloseTo(1, 2); // a domain of its own, too
  });

  it('takes a bandwidth given as a number as it is', () => {
    expect(kernelDensity([0.4], { bandwidth: 1e-5, domain: [0, 1], grid: 11 }).bandwidth).toBe(1e-5);
  });

  it.each([
    [{ bandwidth: 0 }, 'bandwidth'],
    [{ bandwidth: NaN }, 'bandwidth'],
    [{ grid: 1 }, 'grid'],
    [{ domain: [1, 0] as const }, 'domain'],
    [{ weights: [1, -1] }, 'weights'],
    [{ weights: [0, 0] }, 'weights'],
  ])('refuses %p', (options, name) => {
    expect(() => kernelDensity([0.1, 0.2], options)).toThrow(new RegExp(`bad-option: the option ${name}`));
  });

  it('refuses nothing, what is not finite, and what a reflecting boundary rules out', () => {
    expect(() => kernelDensity([])).toThrow(/evaluation\/empty/);
    expect(() => kernelDensity([0, NaN])).toThrow(/evaluation\/not-finite.*index 1/);
    expect(() => kernelDensity([0, 1], { weights: [1] })).toThrow(/evaluation\/length-mismatch/);
    expect(() => kernelDensity([0, 1], { weights: [1, NaN] })).toThrow(/evaluation\/not-finite: weights.*index 1/);
    expect(() => kernelDensity([0.5, -0.1], { domain: [0, 1], boundary: 'reflecting' })).toThrow(/outside-domain.*index 1/);
  });
});

function area({ x, density }: Density): number {
  return density.slice(1).reduce((sum, height, i) => sum + ((height + density[i]!) / 2) * (x[i + 1]! - x[i]!), 0);
}
