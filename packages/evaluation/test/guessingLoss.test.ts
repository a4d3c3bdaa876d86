import fc from 'fast-check';
import { guessingLoss } from '../src/index.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('guessingLoss', () => {
  it('is ln 2 for a coin, whatever the share', () => {
    fc.assert(fc.property(share, (p) => expect(guessingLoss(p, 0.5)).toBeCloseTo(Math.LN2, 12)));
  });

  it('is 0.691832 for the training share of class 1', () => {
    expect(guessingLoss(246 / 468)).toBeCloseTo(0.691832, 6);
  });

  it('is least where the guess is the share', () => {
    fc.assert(fc.property(share, share, (p, guess) => expect(guessingLoss(p, guess)).toBeGreaterThanOrEqual(guessingLoss(p) - 1e-15)));
  });

  it('is 0 where there is nothing to guess, and infinite where the guess rules out what occurs', () => {
    expect([guessingLoss(0), guessingLoss(1)]).toEqual([0, 0]);
    expect([guessingLoss(0.1, 0), guessingLoss(0.9, 1)]).toEqual([Infinity, Infinity]);
  });

  it('refuses what is no share', () => {
    expect(() => guessingLoss(1.1)).toThrow(/bad-option: the option share/);
    expect(() => guessingLoss(0.5, NaN)).toThrow(/bad-option: the option guess/);
  });
});
