import fc from 'fast-check';
import { confusionCounts, confusionRates, operatingPoint, type OperatingRule } from '../src/index.js';
import { labelsOf, rows, scoresOf } from './rows.js';

const labels = [0, 0, 0, 0, 1, 1, 1, 1] as const;
const scores = [1, 2, 4, 6, 3, 5, 7, 8];
const rules: OperatingRule[] = [
  { rule: 'youden' },
  { rule: 'corner' },
  { rule: 'sensitivity', least: 0.6 },
  { rule: 'specificity', least: 0.6 },
];

describe('operatingPoint', () => {
  it.each<[OperatingRule, number]>([
    [{ rule: 'youden' }, 7], // sensitivity and specificity: 0.5 and 1; at 5 0.75 and 0.75; at 3 1 and 0.5
    [{ rule: 'corner' }, 5],
    [{ rule: 'sensitivity', least: 0.75 }, 5],
    [{ rule: 'sensitivity', least: 0.8 }, 3],
    [{ rule: 'sensitivity', least: 1 }, 3],
    [{ rule: 'sensitivity', least: 0 }, 7],
    [{ rule: 'sensitivity', least: 0.2 }, 7], // and not 8, as specific and less sensitive
    [{ rule: 'specificity', least: 0.75 }, 5],
    [{ rule: 'specificity', least: 0.9 }, 7],
    [{ rule: 'specificity', least: 0 }, 3],
  ])('by %j is at %p', (rule, threshold) => {
    expect(operatingPoint(labels, scores, rule).threshold).toBe(threshold);
  });

  it('gives the rates that its threshold has', () => {
    fc.assert(
      fc.property(rows(), fc.constantFrom(...rules), (all, rule) => {
        const point = operatingPoint(labelsOf(all), scoresOf(all), rule);
        const { sensitivity, specificity } = confusionRates(confusionCounts(labelsOf(all), scoresOf(all), point.threshold));
        expect([point.sensitivity, point.specificity]).toEqual([
          expect.closeTo(sensitivity.estimate, 12),
          expect.closeTo(specificity.estimate, 12),
        ]);
      }),
    );
  });

  it('is the best of all thresholds by its rule', () => {
    fc.assert(
      fc.property(rows(), fc.double({ min: 0, max: 1, noNaN: true }), (all, least) => {
        const points = [...scoresOf(all), Infinity].map((threshold) => {
          const { sensitivity, specificity } = confusionRates(confusionCounts(labelsOf(all), scoresOf(all), threshold));
          return [sensitivity.estimate, specificity.estimate] as const;
        });
        const chosen = (rule: OperatingRule) => operatingPoint(labelsOf(all), scoresOf(all), rule);
        const youden = chosen({ rule: 'youden' });
        expect(youden.sensitivity + youden.specificity).toBeCloseTo(Math.max(...points.map(([a, b]) => a + b)), 10);
        const corner = chosen({ rule: 'corner' });
        expect(Math.hypot(1 - corner.sensitivity, 1 - corner.specificity)).toBeCloseTo(
          Math.min(...points.map(([a, b]) => Math.hypot(1 - a, 1 - b))),
          5,
        );
        const sensitive = chosen({ rule: 'sensitivity', least });
        expect(sensitive.sensitivity).toBeGreaterThanOrEqual(least - 1e-9);
        expect(sensitive.specificity).toBeCloseTo(Math.max(...points.filter(([a]) => a >= least - 1e-12).map(([, b]) => b)), 10);
        const specific = chosen({ rule: 'specificity', least });
        expect(specific.sensitivity).toBeCloseTo(Math.max(...points.filter(([, b]) => b >= least - 1e-12).map(([a]) => a)), 10);
      }),
    );
  });

  it('of equal scores calls all cases 0, which is as good as calling them 1', () => {
    expect(operatingPoint([0, 1], [2, 2], { rule: 'youden' })).toEqual({ threshold: Infinity, sensitivity: 0, specificity: 1 });
  });

  it.each([-0.1, 1.1, NaN])('refuses at least %p', (least) => {
    expect(() => operatingPoint([0, 1], [1, 2], { rule: 'sensitivity', least })).toThrow(/bad-option: the option least/);
  });
});
