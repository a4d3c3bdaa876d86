import { ashmansD, twoGaussians } from '../../src/index.js';
import { golden } from '../golden.js';
import { shapeOf } from './shapeCases.js';

interface Mixture {
  name: string;
  values: number[];
  weights: number[];
  means: number[];
  deviations: number[];
  logLikelihood: number;
  gain: number;
  ashmansD: number;
}

describe('twoGaussians', () => {
  // Expectation and maximization creeps near its end: the likelihood is there long before the parameters are.
  it.each(golden<Mixture[]>('shape', 'mixtures'))('finds what scikit-learn finds from twelve starts: $name', (expected) => {
    const { components, logLikelihood, gain } = twoGaussians(expected.values);
    expect(logLikelihood).toBeCloseTo(expected.logLikelihood, 5);
    expect(gain).toBeCloseTo(expected.gain, 4);
    const [low, high] = [Math.min(...expected.values), Math.max(...expected.values)];
    components.forEach(({ weight, mean, deviation }, i) => {
      expect(weight).toBeCloseTo(expected.weights[i]!, 3);
      expect((mean - expected.means[i]!) / (high - low)).toBeCloseTo(0, 3);
      expect((deviation - expected.deviations[i]!) / (high - low)).toBeCloseTo(0, 3);
    });
    expect(ashmansD(...components) / expected.ashmansD).toBeCloseTo(1, 2);
  });

  it('prefers two where there are two hills, and one where there is one', () => {
    expect(twoGaussians(shapeOf('two hills').values).gain).toBeGreaterThan(10);
    expect(twoGaussians(shapeOf('predictions close together').values).gain).toBeLessThan(0);
  });

  it('moves and stretches along with the values', () => {
    const { values } = shapeOf('two hills that touch');
    const at = twoGaussians(values);
    const moved = twoGaussians(values.map((value) => 5 - 3 * value));
    expect(moved.gain).toBeCloseTo(at.gain, 5);
    expect(moved.components[0].mean).toBeCloseTo(5 - 3 * at.components[1].mean, 4);
    expect(moved.components[0].deviation).toBeCloseTo(3 * at.components[1].deviation, 4);
  });

  it('keeps a component that would shrink to a point at a twentieth of the deviation', () => {
    const { values } = shapeOf('two values');
    const { components } = twoGaussians(values);
    const deviation = Math.sqrt((20 * 17) / 37 ** 2);
    components.forEach((component) => expect(component.deviation / deviation).toBeCloseTo(0.05, 6));
    expect(components.map(({ mean }) => Math.round(mean))).toEqual([0, 1]);
  });

  it('has no width and no gain of equal values', () => {
    const { components, gain } = twoGaussians([0.3, 0.3, 0.3, 0.3]);
    expect(gain).toBe(0);
    expect(components[0]).toEqual({ weight: 0.5, mean: 0.3, deviation: 0 });
    expect(components[1]).toEqual(components[0]);
  });
});

describe('ashmansD', () => {
  it('is the square root of two times the distance over the deviations', () => {
    expect(ashmansD({ mean: 1, deviation: 3 }, { mean: 6, deviation: 4 })).toBeCloseTo(Math.SQRT2, 14);
  });

  it('is 0 of the same point, and infinite of two', () => {
    expect(ashmansD({ mean: 1, deviation: 0 }, { mean: 1, deviation: 0 })).toBe(0);
    expect(ashmansD({ mean: 1, deviation: 0 }, { mean: 2, deviation: 0 })).toBe(Infinity);
  });
});
