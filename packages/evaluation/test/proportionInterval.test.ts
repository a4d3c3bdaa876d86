import fc from 'fast-check';
import { proportionInterval } from '../src/index.js';
import { golden } from './golden.js';

type Case = { successes: number; trials: number; level: number } & Record<'wilson' | 'clopper-pearson', [number, number]>;
const kinds = ['wilson', 'clopper-pearson'] as const;

describe.each(kinds)('proportionInterval, %s', (interval) => {
  it.each(golden<Case[]>('inference', 'shares'))('equals statsmodels: $successes of $trials at $level', (share) => {
    const { estimate, low, high } = proportionInterval(share.successes, share.trials, { interval, level: share.level });
    expect(estimate).toBe(share.successes / share.trials);
    expect([low, high]).toEqual(share[interval].map((end) => expect.closeTo(end, 11) as number));
  });

  it('holds the share, lies in [0, 1], and is mirrored for the failures', () => {
    fc.assert(
      fc.property(fc.nat(80), fc.nat(80), (successes, failures) => {
        fc.pre(successes + failures > 0);
        const { estimate, low, high } = proportionInterval(successes, successes + failures, { interval });
        expect(0 <= low && low <= estimate && estimate <= high && high <= 1 && low < high).toBe(true);
        expect(proportionInterval(failures, successes + failures, { interval }).low).toBeCloseTo(1 - high, 10);
      }),
    );
  });

  it('knows nothing of no trials', () => {
    expect(proportionInterval(0, 0, { interval })).toEqual({ estimate: NaN, low: 0, high: 1 });
  });
});

it.each([
  [3, 2],
  [-1, 2],
  [1.5, 2],
  [1, NaN],
])('proportionInterval refuses %p of %p', (successes, trials) => {
  expect(() => proportionInterval(successes, trials)).toThrow(/bad-option/);
});
