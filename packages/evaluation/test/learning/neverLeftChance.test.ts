import { neverLeftChance } from '../../src/index.js';

const losses = (...trainLosses: number[]) => trainLosses.map((trainLoss) => ({ trainLoss }));
const SHARE = 246 / 468;

describe('neverLeftChance', () => {
  it('finds the paper’s Figure 4 at chance: high at first, 0.7 at the end', () => {
    const { verdict, lateLoss, guessing } = neverLeftChance(losses(0.95, 0.78, 0.72, 0.7, 0.69, 0.7, 0.7), SHARE);
    expect(verdict).toBe('never left chance');
    expect(lateLoss).toBeCloseTo(0.69667, 5);
    expect(guessing).toBeCloseTo(0.691832, 6);
  });

  it('sees what was learned', () => {
    const { verdict, gain } = neverLeftChance(losses(0.7, 0.6, 0.5, 0.4, 0.3), SHARE);
    expect(verdict).toBe('left chance');
    expect(gain).toBeCloseTo(0.691832 - 0.4, 6);
  });

  it('turns at the margin, which is part of the options', () => {
    const history = losses(0.68, 0.68, 0.68);
    expect(neverLeftChance(history, 0.5, { margin: 0.013 }).verdict).toBe('left chance');
    expect(neverLeftChance(history, 0.5, { margin: 0.0132 }).verdict).toBe('never left chance');
  });

  it('takes what epochs there are where they are fewer than the window', () => {
    expect(neverLeftChance(losses(0.5), 0.5, { window: 10 }).lateLoss).toBe(0.5);
  });

  it('knows that guessing costs nothing where there is one class', () => {
    expect(neverLeftChance(losses(0.02), 1)).toMatchObject({ verdict: 'never left chance', guessing: 0 });
  });

  it.each([
    [/evaluation\/empty/, losses(), 0.5, {}],
    [/evaluation\/not-finite: trainLoss .* epoch 2/, losses(0.7, NaN), 0.5, {}],
    [/bad-option: the option share/, losses(0.7), NaN, {}],
    [/bad-option: the option margin/, losses(0.7), 0.5, { margin: -1 }],
    [/bad-option: the option window/, losses(0.7), 0.5, { window: 0 }],
  ])('refuses %s', (says, history, share, options) => {
    expect(() => neverLeftChance(history, share, options)).toThrow(says);
  });
});
