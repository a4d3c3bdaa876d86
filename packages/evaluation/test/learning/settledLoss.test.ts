import { settledLoss } from '../../src/index.js';

describe('settledLoss', () => {
  it('reads the paper’s Figure 4: high at first, then 0.7', () => {
    expect(settledLoss([1.1, 0.85, 0.74, 0.71, 0.7, 0.69, 0.7])).toEqual({
      initial: 1.1,
      level: expect.closeTo(0.69667, 4) as number,
      settledAt: 4,
    });
  });

  it('has settled from the first epoch on where nothing moves', () => {
    expect(settledLoss([0.7, 0.7, 0.7])).toMatchObject({ settledAt: 1 });
    expect(settledLoss([0.7])).toEqual({ initial: 0.7, level: 0.7, settledAt: 1 });
  });

  it('has not settled while it falls', () => {
    expect(settledLoss([0.9, 0.8, 0.7, 0.6, 0.5]).settledAt).toBeNaN();
  });

  it('takes window and tolerance', () => {
    expect(settledLoss([0.9, 0.8, 0.7], { window: 1, tolerance: 0.15 })).toEqual({ initial: 0.9, level: 0.7, settledAt: 2 });
  });

  it.each([
    [/evaluation\/empty: there are no losses/, [], {}],
    [/evaluation\/not-finite.*index 1/, [0.7, NaN], {}],
    [/bad-option: the option window/, [0.7], { window: 0 }],
    [/bad-option: the option tolerance/, [0.7], { tolerance: 0 }],
  ])('refuses %s', (says, losses, options) => {
    expect(() => settledLoss(losses, options)).toThrow(says);
  });
});
