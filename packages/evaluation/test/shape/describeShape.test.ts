import { rng } from '@mgmt/core';
import { bimodalityCoefficient, describeShape, twoGaussians } from '../../src/index.js';
import { shapeOf } from './shapeCases.js';

describe('describeShape', () => {
  it.each([
    ['predictions close together', 'unimodal'],
    ['uniform', 'unimodal'],
    ['skewed', 'undecided'], // a long tail has a high coefficient, and a mixture puts its wide hill there
    ['two hills', 'bimodal'],
    ['two hills that touch', 'bimodal'],
    ['two values', 'bimodal'],
  ])('finds %s %s', (name, verdict) => {
    expect(describeShape(shapeOf(name).values).verdict).toBe(verdict);
  });

  it('takes a long tail for one hill, though its coefficient is high', () => {
    const exponential = Array.from({ length: 117 }, (_, i) => -Math.log(1 - (i + 0.5) / 117));
    const { verdict, ashmansD, bimodalityCoefficient: coefficient } = describeShape(exponential);
    expect(ashmansD).toBeLessThan(2);
    expect(coefficient).toBeGreaterThan(5 / 9);
    expect(verdict).toBe('unimodal');
  });

  it('shows the numbers that it judges by', () => {
    const { values, dip, tabled, bimodality } = shapeOf('two hills');
    const shape = describeShape(values);
    expect(shape.dip).toBeCloseTo(dip, 12);
    expect(shape.dipP).toBeCloseTo(tabled, 3);
    expect(shape.bimodalityCoefficient).toBeCloseTo(bimodality, 12);
    expect(shape.ashmansD).toBeGreaterThan(2);
  });

  it('turns where it is told to', () => {
    const { values } = shapeOf('two hills');
    expect(describeShape(values, { apart: 100 }).verdict).toBe('undecided');
    expect(describeShape(values, { significance: 1e-5, coefficient: 1 }).verdict).toBe('unimodal');
    expect(describeShape(values, { simulation: { samples: 9, rng: rng(0) } }).dipP).toBe(0.1);
  });

  it('calls equal scores constant', () => {
    const shape = describeShape([0.5, 0.5, 0.5, 0.5]);
    expect(shape).toMatchObject({ verdict: 'constant', dipP: 1, ashmansD: 0 });
    expect(shape.bimodalityCoefficient).toBeNaN();
  });

  describe.each(Object.entries({ describeShape, twoGaussians, bimodalityCoefficient }))('%s', (_, shape) => {
    it.each([
      [/evaluation\/too-few/, [0.1]],
      [/evaluation\/too-few/, [0.1, 0.2, 0.3]],
      [/evaluation\/empty/, []],
      [/evaluation\/not-finite.*index 2/, [0, 1, NaN, 2]],
    ])('refuses %s', (says, values) => {
      expect(() => shape(values)).toThrow(says);
    });
  });

  it('refuses a significance of 0', () => {
    expect(() => describeShape([1, 2, 3, 4], { significance: 0 })).toThrow(/bad-option: the option significance/);
  });
});
