import { spiegelhalterTest, type BinaryLabel } from '../../src/index.js';
import { cases } from './calibrationCases.js';

describe('spiegelhalterTest', () => {
  it.each(cases)('is the paper’s z: $name', ({ labels, probabilities, spiegelhalter }) => {
    const { z, p } = spiegelhalterTest(labels, probabilities);
    expect(z).toBeCloseTo(spiegelhalter.z, 11);
    expect(p).toBeCloseTo(spiegelhalter.p, 12);
  });

  it('is above 0 of the overconfident, below of the timid', () => {
    const labels: BinaryLabel[] = [0, 0, 0, 1, 1, 1, 1, 0];
    expect(spiegelhalterTest(labels, [0.01, 0.01, 0.01, 0.99, 0.99, 0.99, 0.01, 0.99]).z).toBeGreaterThan(3);
    expect(spiegelhalterTest(labels.slice(0, 6), [0.4, 0.4, 0.4, 0.6, 0.6, 0.6]).z).toBeLessThan(-1);
  });

  it.each<[string, BinaryLabel[], number[], { z: number; p: number }]>([
    ['nothing of a coin', [0, 1, 1], [0.5, 0.5, 0.5], { z: 0, p: 1 }],
    ['nothing against certainty that was right', [0, 1], [0, 1], { z: 0, p: 1 }],
    ['everything against certainty that was wrong', [0, 1], [1, 1], { z: Infinity, p: 0 }],
  ])('says %s', (_, labels, probabilities, says) => {
    expect(spiegelhalterTest(labels, probabilities)).toEqual(says);
  });
});
