import { chanceAucStandardError } from '../src/index.js';

describe('chanceAucStandardError', () => {
  it('is 0.05365 with 56 and 61 cases, so that chance lies in 0.395 to 0.605 nineteen times in twenty', () => {
    const error = chanceAucStandardError(61, 56);
    expect(error).toBeCloseTo(0.05365, 5);
    expect([0.5 - 1.96 * error, 0.5 + 1.96 * error]).toEqual([expect.closeTo(0.395, 3), expect.closeTo(0.605, 3)]);
  });

  it('is that of all orders of a few cases, counted out', () => {
    const aucs = orders(2, 3).map((order) => order.reduce((won, label, i) => won + label * (i - ones(order, i)), 0) / 6);
    const variance = aucs.reduce((sum, auc) => sum + (auc - 0.5) ** 2, 0) / aucs.length;
    expect(chanceAucStandardError(3, 2)).toBeCloseTo(Math.sqrt(variance), 12);
  });

  it.each([
    [0, 5],
    [5, 0],
    [2.5, 5],
  ])('refuses %p positives and %p negatives', (positives, negatives) => {
    expect(() => chanceAucStandardError(positives, negatives)).toThrow(/bad-option/);
  });
});

const ones = (order: number[], before: number) => order.slice(0, before).reduce((sum, label) => sum + label, 0);

/** Every order of so many zeros and ones. */
function orders(zeros: number, count: number): number[][] {
  if (zeros === 0 && count === 0) return [[]];
  return [
    ...(zeros > 0 ? orders(zeros - 1, count).map((rest) => [0, ...rest]) : []),
    ...(count > 0 ? orders(zeros, count - 1).map((rest) => [1, ...rest]) : []),
  ];
}
