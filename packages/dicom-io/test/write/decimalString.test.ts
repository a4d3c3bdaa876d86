import fc from 'fast-check';
import { decimalString } from '../../src/write/decimalString.js';

describe('decimalString', () => {
  it('fits into 16 characters and keeps at least nine digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e300, max: 1e300, noNaN: true }), (value) => {
        const text = decimalString(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?(e[+-]\d+)?$/);
        expect(text.length).toBeLessThanOrEqual(16);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 5e-9 + Number.MIN_VALUE);
      }),
    );
  });

  it.each([
    [0, '0'],
    [-0, '0'],
    [-240.5, '-240.5'],
    [1 / 3, '0.33333333333333'],
    [-1 / 3, '-0.3333333333333'],
    [123456789012345680, '1.2345678901e+17'],
  ])('writes %d as %s', (value, text) => expect(decimalString(value)).toBe(text));
});
