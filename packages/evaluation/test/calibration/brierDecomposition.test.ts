import fc from 'fast-check';
import { brierDecomposition } from '../../src/index.js';
import { cases, forecasts } from './calibrationCases.js';

const all = cases.flatMap(({ name, labels, probabilities, binned }) =>
  binned.map((expected) => ({ name: `${name}, ${expected.bins} by ${expected.strategy}`, labels, probabilities, expected })),
);

describe('brierDecomposition', () => {
  it.each(all)('has the terms of the papers: $name', ({ labels, probabilities, expected }) => {
    const found = brierDecomposition(labels, probabilities, { bins: expected.bins, strategy: expected.strategy });
    for (const term of ['reliability', 'resolution', 'withinBinVariance', 'withinBinCovariance'] as const) {
      expect(found[term]).toBeCloseTo(expected[term], 13);
    }
  });

  it('adds up to the Brier score', () => {
    fc.assert(
      fc.property(
        forecasts,
        fc.integer({ min: 1, max: 15 }),
        fc.constantFrom('width' as const, 'count' as const),
        (rows, bins, strategy) => {
          const found = brierDecomposition(
            rows.map(([label]) => label),
            rows.map(([, p]) => p),
            { bins, strategy },
          );
          const sum = found.reliability - found.resolution + found.uncertainty + found.withinBinVariance - found.withinBinCovariance;
          expect(sum).toBeCloseTo(found.brier, 12);
        },
      ),
    );
  });

  it('has neither resolution nor reliability to show where every case gets the share', () => {
    const found = brierDecomposition([0, 1, 1, 0], [0.5, 0.5, 0.5, 0.5]);
    expect(found).toEqual({ brier: 0.25, reliability: 0, resolution: 0, uncertainty: 0.25, withinBinVariance: 0, withinBinCovariance: 0 });
  });

  it('has no uncertainty where there is one class', () => {
    expect(brierDecomposition([1, 1], [0.9, 0.7])).toMatchObject({ uncertainty: 0, resolution: 0 });
  });

  it('refuses no bins', () => {
    expect(() => brierDecomposition([0, 1], [0.1, 0.2], { bins: 0 })).toThrow(/bad-option: the option bins/);
  });
});
