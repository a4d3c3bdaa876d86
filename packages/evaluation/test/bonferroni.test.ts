import { bonferroni } from '../src/index.js';
import { golden } from './golden.js';

const r = golden<{ given: number[]; bonferroni: number[] }>('pROC', 'pValues');

describe('bonferroni', () => {
  it('equals p.adjust of R', () => {
    bonferroni(r.given).forEach((p, i) => expect(p).toBeCloseTo(r.bonferroni[i]!, 14));
  });

  it('makes 0.0091 of thirteen results 0.12', () => {
    expect(bonferroni([0.0091, ...new Array<number>(12).fill(0.5)])[0]).toBeCloseTo(0.12, 2);
  });

  it('refuses what is no probability, with its index', () => {
    expect(() => bonferroni([0.5, 1.2])).toThrow(/not-a-probability.*index 1.*\n.*found 1.2/);
    expect(() => bonferroni([])).toThrow(/empty: there are no p-values/);
  });
});
