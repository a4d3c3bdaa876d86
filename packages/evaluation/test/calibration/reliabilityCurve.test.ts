import fc from 'fast-check';
import { reliabilityCurve } from '../../src/index.js';
import { cases, forecasts } from './calibrationCases.js';

const all = cases.flatMap(({ name, labels, probabilities, binned }) =>
  binned.map((expected) => ({ name: `${name}, ${expected.bins} by ${expected.strategy}`, labels, probabilities, expected })),
);

describe('reliabilityCurve', () => {
  it.each(all)('equals scikit-learn, with SciPy’s intervals: $name', ({ labels, probabilities, expected }) => {
    const curve = reliabilityCurve(labels, probabilities, { bins: expected.bins, strategy: expected.strategy });
    expect(curve.map(({ count }) => count)).toEqual(expected.counts);
    curve.forEach(({ share, meanProbability, bar }, i) => {
      expect(share).toBeCloseTo(expected.shares[i]!, 13);
      expect(meanProbability).toBeCloseTo(expected.means[i]!, 13);
      expect(bar.low).toBeCloseTo(expected.wilson[i]![0], 12);
      expect(bar.high).toBeCloseTo(expected.wilson[i]![1], 12);
    });
  });

  it('counts every case once, whatever the bins, equal probabilities in one', () => {
    fc.assert(
      fc.property(
        forecasts,
        fc.integer({ min: 1, max: 15 }),
        fc.constantFrom('width' as const, 'count' as const),
        (rows, bins, strategy) => {
          const probabilities = rows.map(([, p]) => p);
          const curve = reliabilityCurve(
            rows.map(([label]) => label),
            probabilities,
            { bins, strategy },
          );
          expect(curve.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
          for (const p of probabilities)
            expect(curve.filter(({ low, high }, i) => (low < p || (i === 0 && low === p)) && p <= high)).toHaveLength(1);
        },
      ),
    );
  });

  it('draws consistency bars where binomial quantiles are', () => {
    // SciPy 1.17.1: binom.ppf([0.025, 0.975], 20, 0.3) is [2, 10]
    const labels = [...new Array<0>(14).fill(0), ...new Array<1>(6).fill(1)];
    const [bin] = reliabilityCurve(labels, new Array<number>(20).fill(0.3), { bars: 'consistency' });
    expect(bin!.bar).toEqual({ low: 0.1, high: 0.5 });
  });

  it('has consistency bars of no width where everything is certain', () => {
    const curve = reliabilityCurve([0, 1, 0], [0, 1, 1], { bars: 'consistency' });
    expect(curve.map(({ bar }) => bar)).toEqual([
      { low: 0, high: 0 },
      { low: 1, high: 1 },
    ]);
  });

  it('goes on from exact to normal bars without a step', () => {
    const barOf = (n: number) =>
      reliabilityCurve(
        Array.from({ length: n }, (_, i) => (i % 2) as 0 | 1),
        new Array<number>(n).fill(0.42),
        { bars: 'consistency' },
      )[0]!.bar;
    expect(barOf(1001).low).toBeCloseTo(barOf(1000).low, 2);
    expect(barOf(1001).high).toBeCloseTo(barOf(1000).high, 2);
  });

  it('refuses a level of 1', () => {
    expect(() => reliabilityCurve([0, 1], [0.1, 0.2], { level: 1 })).toThrow(/bad-option: the option level/);
  });
});
