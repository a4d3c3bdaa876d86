import fc from 'fast-check';
import { quantile } from '../src/index.js';
import { resampledQuantile } from '../src/quantile.js';
import { golden } from './golden.js';

const numpy = golden<{ name: string; values: number[]; quantiles: [number, number][] }[]>('scipy', 'summarize');

describe('quantile', () => {
  it.each(numpy)('equals NumPy: $name', ({ values, quantiles }) => {
    for (const [p, expected] of quantiles) expect(quantile(values, p)).toBeCloseTo(expected, 12);
  });

  it('runs from the smallest to the largest value, and leaves them in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const given = [...values];
        expect([quantile(values, 0), quantile(values, 1)]).toEqual([Math.min(...given), Math.max(...given)]);
        expect(values).toEqual(given);
      }),
    );
  });

  it.each([-0.1, 1.1, NaN])('refuses p = %p', (p) => {
    expect(() => quantile([1, 2], p)).toThrow(/bad-option: the option p /);
  });

  it('needs a value', () => {
    expect(() => quantile([], 0.5)).toThrow(/evaluation\/empty/);
  });
});

describe('resampledQuantile', () => {
  it('leaves p (n + 1) - 1 of n resamples below, so that few of them do not narrow an interval', () => {
    const resamples = Float64Array.from({ length: 199 }, (_, i) => i);
    expect([resampledQuantile(resamples, 0.025), resampledQuantile(resamples, 0.5), resampledQuantile(resamples, 0.975)]).toEqual([
      4, 99, 194,
    ]);
  });

  it('stays with the extremes where there are too few', () => {
    expect([resampledQuantile(Float64Array.of(3, 5), 0.025), resampledQuantile(Float64Array.of(3, 5), 0.975)]).toEqual([3, 5]);
  });
});
