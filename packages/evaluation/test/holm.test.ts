import fc from 'fast-check';
import { bonferroni, holm } from '../src/index.js';
import { golden } from './golden.js';

const r = golden<{ given: number[]; holm: number[] }>('pROC', 'pValues');
const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });

describe('holm', () => {
  it('equals p.adjust of R', () => {
    holm(r.given).forEach((p, i) => expect(p).toBeCloseTo(r.holm[i]!, 14));
  });

  it('lies between what was given and Bonferroni, and keeps the order', () => {
    fc.assert(
      fc.property(pValues, (given) => {
        const adjusted = holm(given);
        const most = bonferroni(given);
        adjusted.forEach((p, i) => expect(given[i]! <= p && p <= most[i]!).toBe(true));
        given.forEach((a, i) => given.forEach((b, j) => expect(a < b && adjusted[i]! > adjusted[j]!).toBe(false)));
      }),
    );
  });
});
