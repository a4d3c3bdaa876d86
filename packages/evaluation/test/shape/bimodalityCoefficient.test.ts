import fc from 'fast-check';
import { bimodalityCoefficient } from '../../src/index.js';
import { shapes } from './shapeCases.js';

describe('bimodalityCoefficient', () => {
  it.each(shapes)('is that of SciPy’s moments: $name', ({ values, bimodality }) => {
    expect(bimodalityCoefficient(values)).toBeCloseTo(bimodality, 11);
  });

  it('is unchanged when values are moved, stretched or mirrored', () => {
    const spread = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4 }).filter((values) => new Set(values).size > 1);
    fc.assert(
      fc.property(spread, fc.constantFrom(-2, 0.25, 8), (values, factor) => {
        expect(bimodalityCoefficient(values.map((value) => factor * value + 3))).toBeCloseTo(bimodalityCoefficient(values), 10);
      }),
    );
  });

  it('is NaN of equal values', () => {
    expect(bimodalityCoefficient([0.1, 0.1, 0.1, 0.1])).toBeNaN();
  });
});
