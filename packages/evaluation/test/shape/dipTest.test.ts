import { rng } from '@mgmt/core';
import { dipTest } from '../../src/index.js';
import { DIP_QUANTILES, DIP_TAILS } from '../../src/shape/dipQuantiles.js';
import { shapeOf, shapes } from './shapeCases.js';

const uniform = Array.from({ length: 117 }, (_, i) => (i + Math.sin(i)) / 117);

describe('dipTest', () => {
  // Ours and diptest's tables are two simulations, ours interpolated over log odds; diptest's own 100,000 samples are off by 0.005 at most.
  it.each(shapes)('has the p-value of diptest, tabled and simulated there: $name', ({ values, dip, tabled, simulated }) => {
    const found = dipTest(values);
    expect(found.dip).toBeCloseTo(dip, 13);
    expect(Math.abs(found.p - simulated)).toBeLessThan(0.006);
    if (dip > 0.501 / values.length) expect(Math.abs(found.p - tabled)).toBeLessThan(0.02); // at the least dip diptest's table says less than 1
  });

  it.each(['uniform', 'ties', 'two hills that touch', 'four values'])('simulates the p-value of diptest: %s', (name) => {
    const { values, simulated } = shapeOf(name);
    const { p } = dipTest(values, { simulation: { samples: 2000, rng: rng('dip') } });
    expect(Math.abs(p - simulated)).toBeLessThan(4 * Math.sqrt((simulated * (1 - simulated) + 1e-3) / 2000)); // four standard errors
  });

  it('counts dips that are equal as at least as large: every sample has the least dip', () => {
    expect(dipTest([1, 2, 3, 4], { simulation: { samples: 100, rng: rng('least') } }).p).toBe(1);
  });

  it('simulates the same from the same stream', () => {
    const run = () => dipTest(uniform, { simulation: { samples: 50, rng: rng(1) } });
    expect(run()).toEqual(run());
  });

  it('falls as the dip grows, at every size, from 1 to the end of the table', () => {
    for (const n of [4, 5, 9, 44, 117, 3000, 20_000]) {
      const twoHills = (share: number) => Array.from({ length: n }, (_, i) => i / n + (i < n / 2 ? 0 : share));
      const ps = [0, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3, 30].map((share) => dipTest(twoHills(share)).p);
      ps.slice(1).forEach((p, i) => expect(p).toBeLessThanOrEqual(ps[i]!));
      expect(ps[0]).toBe(1);
      expect(ps.at(-1)).toBeGreaterThanOrEqual(0.0001);
    }
  });

  it('meets the table in its rows', () => {
    const [n, quantiles] = DIP_QUANTILES.find(([size]) => size === 8)!;
    expect(quantiles).toHaveLength(DIP_TAILS.length);
    quantiles.slice(1).forEach((quantile, k) => expect(quantile).toBeGreaterThanOrEqual(quantiles[k]!));
    // Two points, as often each, have the dip 1/4: sqrt(8) / 4 = 0.7071, beyond the row.
    expect(dipTest([0, 0, 0, 0, 1, 1, 1, 1])).toEqual({ dip: 0.25, p: 0.0001 });
    expect(n).toBe(8);
  });

  it.each([
    ['one value', [0.3]],
    ['three values', [0, 0.1, 1]],
    ['equal values', [2, 2, 2, 2, 2]],
  ])('finds nothing in %s', (_, values) => {
    expect(dipTest(values).p).toBe(1);
  });

  it('refuses no samples, nothing, and what is not finite', () => {
    expect(() => dipTest([1, 2, 3, 4], { simulation: { samples: 0, rng: rng(0) } })).toThrow(/bad-option: the option samples/);
    expect(() => dipTest([])).toThrow(/evaluation\/empty/);
    expect(() => dipTest([0, Infinity])).toThrow(/evaluation\/not-finite.*index 1/);
  });
});
