import fc from 'fast-check';
import { benjaminiHochberg, holm } from '../src/index.js';
import { golden } from './golden.js';

const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });

describe('benjaminiHochberg', () => {
  it('equals p.adjust of R', () => {
    const { given, benjaminiHochberg: expected } = golden<Record<'given' | 'benjaminiHochberg', number[]>>('comparisons', 'pValues');
    expect(benjaminiHochberg(given)).toEqual(expected.map((p) => expect.closeTo(p, 14) as number));
  });

  it('lies between the p-value and what holm makes of it, and keeps the order', () => {
    fc.assert(
      fc.property(ps, (given) => {
        const [adjusted, strict] = [benjaminiHochberg(given), holm(given)];
        given.forEach((p, i) => {
          expect(p <= adjusted[i]! * (1 + 1e-12) && adjusted[i]! <= strict[i]! * (1 + 1e-12)).toBe(true);
          given.forEach((q, j) => expect(!(p < q) || adjusted[i]! <= adjusted[j]!).toBe(true));
        });
      }),
    );
  });
});
