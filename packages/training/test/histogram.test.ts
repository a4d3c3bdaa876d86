import fc from 'fast-check';
import { histogramOf } from '../src/index.js';

describe('histogramOf', () => {
  it('counts values between limits of one width, one on a limit in the bin that begins there', () =>
    expect(histogramOf([0, 0.5, 1, 1, 2], 4)).toEqual({
      minimum: 0,
      maximum: 2,
      count: 5,
      sum: 4.5,
      sumOfSquares: 6.25,
      limits: [0.5, 1, 1.5, 2],
      counts: [1, 1, 2, 1],
    }));

  it('has one bin where all values are equal', () =>
    expect(histogramOf([3, 3])).toMatchObject({ minimum: 3, maximum: 3, limits: [3], counts: [2] }));

  it('leaves out what is no finite number', () => {
    expect(histogramOf([NaN, 1, Infinity])).toEqual(histogramOf([1]));
    expect(histogramOf([NaN])).toMatchObject({ count: 0, counts: [0] });
  });

  it('counts every value once, and its limits rise to the maximum', () =>
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
        const { counts, limits, maximum } = histogramOf(values);
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(values.length);
        expect(limits.at(-1)).toBe(maximum);
        limits.slice(1).forEach((limit, i) => expect(limit).toBeGreaterThanOrEqual(limits[i]!));
      }),
    ));
});
