import fc from 'fast-check';
import { calibrationLine, type BinaryLabel } from '../../src/index.js';
import { cases, logits } from './calibrationCases.js';

const [calibrated] = cases;

describe('calibrationLine', () => {
  it.each(cases)('equals statsmodels: $name', ({ labels, probabilities, line }) => {
    const found = calibrationLine(labels, probabilities);
    for (const part of ['slope', 'intercept', 'inTheLarge'] as const) {
      const { value, standardError, low, high } = found[part];
      [value, standardError, low, high].forEach((number, i) => expect(number).toBeCloseTo(line[part][i]!, 8));
    }
    expect(found.likelihoodRatio).toBeCloseTo(line.likelihoodRatio, 9);
    expect(found.p).toBeCloseTo(line.p, 9);
  });

  it('divides the slope by what the log odds are multiplied by, and shifts the intercept along with them', () => {
    const { labels, probabilities } = calibrated!;
    const at = calibrationLine(labels, probabilities);
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 3, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), (factor, shift) => {
        const moved = calibrationLine(
          labels,
          logits(probabilities).map((eta) => 1 / (1 + Math.exp(-(factor * eta + shift)))),
        );
        expect(moved.slope.value).toBeCloseTo(at.slope.value / factor, 8);
        expect(moved.intercept.value).toBeCloseTo(at.intercept.value - (at.slope.value / factor) * shift, 8);
      }),
    );
  });

  it('is mirrored when the classes are swapped', () => {
    const { labels, probabilities } = calibrated!;
    const swapped = calibrationLine(
      labels.map((label) => (1 - label) as BinaryLabel),
      probabilities.map((p) => 1 - p),
    );
    const at = calibrationLine(labels, probabilities);
    expect(swapped.slope.value).toBeCloseTo(at.slope.value, 9);
    expect(swapped.inTheLarge.value).toBeCloseTo(-at.inTheLarge.value, 9);
  });

  it.each<[string, BinaryLabel[], number[], RegExp]>([
    ['probabilities of 0 or 1', [0, 1, 0], [0.2, 1, 0.3], /evaluation\/certain.*index 1/],
    ['equal probabilities', [0, 1], [0.4, 0.4], /evaluation\/no-spread/],
    ['classes apart', [0, 0, 1], [0.1, 0.2, 0.3], /evaluation\/separable/],
    ['classes apart the wrong way round', [1, 1, 0], [0.1, 0.2, 0.3], /evaluation\/separable/],
    ['classes that share but a border', [0, 0, 1, 1], [0.1, 0.2, 0.2, 0.3], /evaluation\/separable/],
    ['one class', [1, 1], [0.1, 0.2], /evaluation\/one-class/],
    ['no probability', [0, 1], [0.1, 1.2], /evaluation\/not-a-probability.*index 1/],
    ['nothing', [], [], /evaluation\/empty/],
  ])('refuses %s', (_, labels, probabilities, says) => {
    expect(() => calibrationLine(labels, probabilities)).toThrow(says);
  });

  it('refuses a level of 0', () => {
    expect(() => calibrationLine([0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4], { level: 0 })).toThrow(/bad-option: the option level/);
  });
});
