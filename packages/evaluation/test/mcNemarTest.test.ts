import fc from 'fast-check';
import { mcNemarTest } from '../src/index.js';
import { golden } from './golden.js';

type Case = { counts: [number, number] } & Record<(typeof methods)[number], number>;
const methods = ['mid-p', 'exact', 'chi-square'] as const;

describe.each(methods)('mcNemarTest, %s', (method) => {
  it.each(golden<Case[]>('inference', 'mcNemar'))(`equals statsmodels and SciPy: $counts`, (one) => {
    expect(mcNemarTest(...one.counts, { method }) / one[method]).toBeCloseTo(1, 11);
  });

  it('is a probability, the same when the classifiers change places, and 1 without disagreement', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), (first, second) => {
        const p = mcNemarTest(first, second, { method });
        expect(p > 0 && p <= 1).toBe(true);
        expect(mcNemarTest(second, first, { method })).toBe(p);
      }),
    );
    expect(mcNemarTest(0, 0, { method })).toBe(1);
  });
});

it.each([
  [-1, 2],
  [0.5, 1],
  [NaN, 1],
])('mcNemarTest refuses %p and %p', (first, second) => {
  expect(() => mcNemarTest(first, second)).toThrow(/bad-option: the option onlyFirst/);
});
