import { calibrationError } from '../../src/index.js';
import { cases } from './calibrationCases.js';

const all = cases.flatMap(({ name, labels, probabilities, binned }) =>
  binned.map((expected) => ({ name: `${name}, ${expected.bins} by ${expected.strategy}`, labels, probabilities, expected })),
);

describe('calibrationError', () => {
  it.each(all)('has the numbers of the papers: $name', ({ labels, probabilities, expected }) => {
    const found = calibrationError(labels, probabilities, { bins: expected.bins, strategy: expected.strategy });
    expect(found.expected).toBeCloseTo(expected.expected, 13);
    expect(found.maximum).toBeCloseTo(expected.maximum, 13);
    expect(found.chance).toBeCloseTo(expected.chance, 12);
    if (expected.debiasedSquare === null) expect(found.debiasedSquare).toBeNaN();
    else expect(found.debiasedSquare).toBeCloseTo(expected.debiasedSquare, 12);
  });

  it('expects nothing of chance where everything is certain', () => {
    expect(calibrationError([0, 0, 1, 1], [0, 0, 1, 1])).toEqual({ expected: 0, chance: 0, maximum: 0, debiasedSquare: 0 });
  });

  it('goes on from exact to normal chance without a step', () => {
    const chanceOf = (n: number) => calibrationError(new Array<0>(n).fill(0), new Array<number>(n).fill(0.3)).chance * Math.sqrt(n);
    expect(chanceOf(1001) / chanceOf(1000)).toBeCloseTo(1, 3);
  });
});
