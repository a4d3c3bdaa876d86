import fc from 'fast-check';
import { aucPower, chanceAucStandardError, smallestDetectableAuc } from '../src/index.js';
import { golden } from './golden.js';

type Case = Record<'positives' | 'negatives' | 'auc' | 'alpha' | 'power' | 'detectable', number>;
const studies = golden<Case[]>('comparisons', 'power');
const kinds = ['obuchowski', 'hanley-mcneil'] as const;

describe('aucPower', () => {
  it.each(studies)('equals power.roc.test of pROC: AUC $auc of $positives and $negatives', ({ auc, power, ...study }) => {
    expect(aucPower(auc, study)).toBeCloseTo(power, 12);
  });

  it.each(kinds)('rises with the AUC and with the cases, and does not care for the side, by %s', (variance) => {
    fc.assert(
      fc.property(fc.double({ min: 0.55, max: 0.9, noNaN: true }), fc.integer({ min: 5, max: 300 }), (auc, positives) => {
        const study = { positives, negatives: 60, variance } as const;
        expect(aucPower(auc + 0.02, study)).toBeGreaterThanOrEqual(aucPower(auc, study));
        expect(aucPower(auc, { ...study, negatives: 80 })).toBeGreaterThanOrEqual(aucPower(auc, study) - 1e-3);
        expect(aucPower(1 - auc, study)).toBeCloseTo(aucPower(auc, study), 10);
      }),
    );
  });

  it('by hanley-mcneil has the spread of guessing at 0.5, where it is half of alpha', () => {
    expect(aucPower(0.5, { positives: 61, negatives: 56, variance: 'hanley-mcneil' })).toBeCloseTo(0.025, 2);
    expect(chanceAucStandardError(61, 56)).toBeCloseTo(0.05365, 5);
  });

  it.each([0, 1, NaN])('refuses an AUC of %p', (auc) => {
    expect(() => aucPower(auc, { positives: 10, negatives: 10 })).toThrow(/bad-option: the option auc/);
  });
});

describe('smallestDetectableAuc', () => {
  it.each(studies)('equals power.roc.test of pROC: $positives and $negatives at $alpha', ({ positives, negatives, alpha, detectable }) => {
    expect(Math.abs(smallestDetectableAuc({ positives, negatives, alpha }) - detectable)).toBeLessThan(1e-4); // uniroot stops there
  });

  it.each(kinds)('is found with the power that it was asked for, by %s', (variance) => {
    const study = { positives: 61, negatives: 56, variance } as const;
    expect(aucPower(smallestDetectableAuc({ ...study, power: 0.9 }), study)).toBeCloseTo(0.9, 10);
  });

  it('says so where there are too few cases to find anything', () => {
    expect(() => smallestDetectableAuc({ positives: 1, negatives: 1 })).toThrow(/too-few: so few cases find no AUC/);
  });
});
