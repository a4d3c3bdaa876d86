import fc from 'fast-check';
import { decisionCurve, type BinaryLabel } from '../../src/index.js';
import { golden } from '../golden.js';
import { labelsOf, rows, scoresOf } from '../rows.js';

interface Curve {
  name: string;
  labels: BinaryLabel[];
  probabilities: number[];
  prevalence: number | null;
  thresholds: number[];
  model: number[];
  all: number[];
  none: number[];
}

const threshold = fc.double({ min: 0, max: 0.99, noNaN: true });

describe('decisionCurve', () => {
  it.each(golden<Curve[]>('dcurves', 'curves'))(
    'equals dcurves: $name',
    ({ labels, probabilities, prevalence, thresholds, model, all, none }) => {
      const found = decisionCurve(labels, probabilities, { thresholds, ...(prevalence !== null && { prevalence }) });
      found.model.forEach((benefit, i) => expect(benefit).toBeCloseTo(model[i]!, 12));
      found.all.forEach((benefit, i) => expect(benefit).toBeCloseTo(all[i]!, 12));
      expect(found.none).toEqual(none);
    },
  );

  it('has the benefit of treating all in closed form', () => {
    fc.assert(
      fc.property(rows(), threshold, (cases, t) => {
        const labels = labelsOf(cases);
        const share = labels.filter((label) => label === 1).length / labels.length;
        const { all, model } = decisionCurve(labels, labels.map(() => 1), { thresholds: [t] }); // prettier-ignore
        expect(all[0]).toBeCloseTo(share - (1 - share) * (t / (1 - t)), 10);
        expect(model[0]).toBeCloseTo(all[0]!, 10); // a model that says 1 of all treats all
      }),
    );
  });

  it('is 1 of a perfect model when standardized, and no model is better', () => {
    fc.assert(
      fc.property(rows(), threshold, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (cases, t, prevalence) => {
        const labels = labelsOf(cases);
        const probabilities = scoresOf(cases).map((score) => (score + 50) / 100);
        expect(decisionCurve(labels, labels, { thresholds: [t || 0.01], prevalence }).standardized[0]).toBeCloseTo(1, 12);
        expect(decisionCurve(labels, probabilities, { thresholds: [t], prevalence }).standardized[0]).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('treats from the threshold on, which may be 0', () => {
    const { model } = decisionCurve([0, 1], [0.2, 0.6], { thresholds: [0, 0.2, 0.6, 0.7] });
    expect(model[0]).toBe(0.5);
    expect(model[1]).toBeCloseTo(0.5 - 0.5 * 0.25, 12);
    expect(model[2]).toBe(0.5);
    expect(model[3]).toBe(0);
  });

  it('looks at hundredths by itself', () => {
    const { thresholds, prevalence } = decisionCurve([0, 1, 1, 1], [0.2, 0.6, 0.4, 0.3]);
    expect([thresholds.length, thresholds[0], thresholds.at(-1), prevalence]).toEqual([99, 0.01, 0.99, 0.75]);
  });

  it.each([
    [{ thresholds: [0.5, 1] }, /bad-option: the option thresholds/],
    [{ thresholds: [-0.1] }, /bad-option: the option thresholds/],
    [{ thresholds: [] }, /evaluation\/empty: there are no thresholds/],
    [{ prevalence: 0 }, /bad-option: the option prevalence/],
    [{ prevalence: NaN }, /bad-option: the option prevalence/],
  ])('refuses %p', (options, says) => {
    expect(() => decisionCurve([0, 1], [0.2, 0.6], options)).toThrow(says);
  });
});
