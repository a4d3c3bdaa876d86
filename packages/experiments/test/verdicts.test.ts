import fc from 'fast-check';
import { compareWithPaper, verdictOnMean } from '../src/studies/verdicts.js';

const counts = { networks: 10, cases: 117 };

describe('verdictOnMean', () => {
  it.each([
    [{ mean: 0.5, low: 0.4, high: 0.6 }, 'no connection found'],
    [{ mean: 0.6, low: 0.5, high: 0.7 }, 'no connection found'], // the end itself holds 0.5
    [{ mean: 0.97, low: 0.93, high: 0.99 }, 'connection found'],
    [{ mean: 0.3, low: 0.2, high: 0.4 }, 'below chance'],
  ])('of %o is "%s"', (interval, kind) => {
    expect(verdictOnMean(interval, counts).kind).toBe(kind);
  });

  it('says the mean, the interval and the number of cases in its one sentence', () => {
    expect(verdictOnMean({ mean: 0.512, low: 0.431, high: 0.593 }, counts).headline).toBe(
      'No connection was found: 10 networks have a mean AUC of 0.51 on 117 validation cases (95 % interval 0.43 to 0.59), which a coin would reach too.',
    );
  });
});

describe('compareWithPaper', () => {
  const row = (paper: number, low: number, high: number) => ({ name: 'x', paper, ours: (low + high) / 2, interval: [low, high] as const });

  it.each([
    [row(0.57, 0.5, 0.6), 'agrees'],
    [row(0.57, 0.3, 0.6), 'cannot tell'],
    [row(0.7, 0.5, 0.6), 'differs'],
    [row(0.4, 0.5, 0.6), 'differs'],
  ])('follows the rule that the table states: %o %s', (compared, verdict) => {
    expect(compareWithPaper([compared], false).rows[0]!.verdict).toBe(verdict);
  });

  it('never claims agreement on data that are not the paper’s', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (paper, low) => {
        expect(compareWithPaper([row(paper, low, 1)], true).rows[0]!.verdict).toBe('cannot tell');
      }),
    );
  });
});
