import fc from 'fast-check';
import { normalQuantile, normalTail } from '../src/normal.js';
import { golden } from './golden.js';

describe('normalTail', () => {
  it('equals SciPy to 12 digits, however small', () => {
    const off = golden<[number, number][]>('scipy', 'normalTail').map(([z, tail]) => Math.abs(normalTail(z) / tail - 1));
    expect(Math.max(...off)).toBeLessThan(1e-12);
  });

  it('is 0 and 1 at the ends of the line', () => {
    expect([normalTail(Infinity), normalTail(-Infinity), normalTail(0)]).toEqual([0, 1, 0.5]);
  });
});

describe('normalQuantile', () => {
  it.each(golden<[number, number][]>('scipy', 'normalQuantile'))('equals SciPy at %p', (probability, z) => {
    expect(normalQuantile(probability)).toBeCloseTo(z, 12);
  });

  it('undoes the tail', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (probability) => {
        expect(1 - normalTail(normalQuantile(probability))).toBeCloseTo(probability, 14);
      }),
    );
  });
});
