import fc from 'fast-check';
import { dipStatistic } from '../../src/index.js';
import { shapes } from './shapeCases.js';

const samples = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -5, max: 5, noNaN: true })), {
  minLength: 1,
  maxLength: 60,
});

describe('dipStatistic', () => {
  it.each(shapes)('equals diptest: $name', ({ values, dip }) => {
    expect(dipStatistic(values)).toBeCloseTo(dip, 13);
  });

  it('lies from 1 / (2n) to a quarter', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const dip = dipStatistic(values);
        expect(dip).toBeGreaterThanOrEqual(1 / (2 * values.length));
        expect(dip).toBeLessThanOrEqual(Math.max(0.25, 1 / (2 * values.length)));
      }),
    );
  });

  it('is unchanged when values are moved, stretched, mirrored or shuffled', () => {
    const whole = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(whole, fc.constantFrom(-3, -1, 0.5, 7), fc.integer({ min: -9, max: 9 }), (values, factor, shift) => {
        const moved = values.map((value) => factor * value + shift).reverse();
        expect(dipStatistic(moved)).toBeCloseTo(dipStatistic(values), 12);
      }),
    );
  });

  it('is the same of a sample taken twice as of the sample, but for its least', () => {
    fc.assert(
      fc.property(samples, (values) => {
        expect(dipStatistic([...values, ...values])).toBeLessThanOrEqual(dipStatistic(values) + 1 / (2 * values.length) + 1e-12);
      }),
    );
  });

  it.each([
    ['one value', [3], 0.5],
    ['three values', [1, 5, 9], 1 / 6],
    ['equal values', [2, 2, 2, 2, 2], 0.1],
    ['equal distances', [1, 2, 3, 4, 5, 6], 1 / 12],
    ['two points, as often each', [0, 0, 0, 0, 1, 1, 1, 1], 0.25],
  ])('of %s is known', (_, values, dip) => {
    expect(dipStatistic(values)).toBeCloseTo(dip, 14);
  });

  it.each([
    [[], /evaluation\/empty/],
    [[1, NaN], /evaluation\/not-finite.*index 1/],
  ])('refuses %p', (values, says) => {
    expect(() => dipStatistic(values)).toThrow(says);
  });
});
