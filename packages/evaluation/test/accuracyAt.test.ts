import { accuracyAt, type BinaryLabel } from '../src/index.js';
import { golden } from './golden.js';

const sklearn = golden<{ name: string; labels: BinaryLabel[]; probabilities: number[]; accuracy: number }[]>('sklearn', 'probabilities');

describe('accuracyAt', () => {
  it.each(sklearn)('equals scikit-learn at 0.5: $name', ({ labels, probabilities, accuracy }) => {
    expect(accuracyAt(labels, probabilities)).toBeCloseTo(accuracy, 14);
  });

  it('calls class 1 from the threshold on', () => {
    expect(accuracyAt([1, 0], [0.3, 0.2], 0.3)).toBe(1);
    expect(accuracyAt([1, 0], [0.3, 0.3], 0.3)).toBe(0.5);
  });

  it('takes scores of any scale, and thresholds that none reaches', () => {
    expect(accuracyAt([0, 0, 1], [-7, 3, 40], 10)).toBe(1);
    expect(accuracyAt([0, 0, 1], [-7, 3, 40], Infinity)).toBeCloseTo(2 / 3, 14);
    expect(accuracyAt([0, 0, 1], [-7, 3, 40], -Infinity)).toBeCloseTo(1 / 3, 14);
  });

  it('refuses a threshold that is no number', () => {
    expect(() => accuracyAt([0, 1], [0, 1], NaN)).toThrow(/bad-option: the option threshold/);
  });
});
