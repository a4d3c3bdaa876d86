import { betaBelow, betaQuantile, binomialUpTo, studentQuantile, studentTail } from '../src/beta.js';
import { golden } from './golden.js';

describe('betaBelow', () => {
  it('equals SciPy to 11 digits', () => {
    const off = golden<[number, number, number, number][]>('inference', 'betaBelow').map(([x, a, b, below]) =>
      below < 1e-300 ? betaBelow(x, a, b) : Math.abs(betaBelow(x, a, b) / below - 1),
    );
    expect(Math.max(...off)).toBeLessThan(1e-11);
  });

  it('is 0 and 1 at the ends and beyond', () => {
    expect([betaBelow(-1, 2, 3), betaBelow(0, 2, 3), betaBelow(1, 2, 3), betaBelow(2, 2, 3)]).toEqual([0, 0, 1, 1]);
  });
});

describe('betaQuantile', () => {
  it('undoes betaBelow', () => {
    for (const x of [0.001, 0.3, 0.77]) expect(betaQuantile(betaBelow(x, 3, 4.5), 3, 4.5)).toBeCloseTo(x, 12);
  });
});

describe('binomialUpTo', () => {
  it('sums the masses', () => {
    expect([-1, 0, 1, 2, 3, 4].map((k) => binomialUpTo(k, 3, 0.5))).toEqual(
      [0, 0.125, 0.5, 0.875, 1, 1].map((p) => expect.closeTo(p, 14) as number),
    );
  });
});

describe("Student's t", () => {
  it('has the tails of SciPy to 11 digits', () => {
    const off = golden<[number, number, number][]>('inference', 'studentTail').map(([t, df, tail]) =>
      Math.abs(studentTail(t, df) / tail - 1),
    );
    expect(Math.max(...off)).toBeLessThan(1e-11);
  });

  it('has the quantiles of SciPy', () => {
    const off = golden<[number, number, number][]>('inference', 'studentQuantile').map(
      ([p, df, t]) => Math.abs(studentQuantile(p, df) - t) / (1 + t),
    );
    expect(Math.max(...off)).toBeLessThan(1e-10);
  });
});
