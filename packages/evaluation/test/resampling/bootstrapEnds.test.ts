import { bcaLevels, definedDraws } from '../../src/resampling/bootstrapEnds.js';
import { golden } from '../golden.js';

interface Case {
  name: string;
  estimate: number;
  draws: number[];
  leftOut: number[][];
  levels: [number, number];
}

describe('bcaLevels', () => {
  it.each(golden<Case[]>('inference', 'bca'))('equals SciPy on the same draws: $name', ({ draws, estimate, leftOut, levels }) => {
    expect(bcaLevels(Float64Array.from(draws), estimate, leftOut, 0.95)).toEqual(
      levels.map((level) => expect.closeTo(level, 10) as number),
    );
  });

  it('are those of the percentiles where draws and left-out values are even', () => {
    expect(bcaLevels(Float64Array.of(1, 2, 3), 2, [[1, 2, 3]], 0.9)).toEqual([expect.closeTo(0.05, 12), expect.closeTo(0.95, 12)]);
  });

  it('are numbers where all draws lie on one side, and where nothing varies', () => {
    for (const estimate of [0, 9])
      expect(bcaLevels(Float64Array.of(1, 2, 3), estimate, [[1, 2, 4]], 0.95).every(Number.isFinite)).toBe(true);
    expect(bcaLevels(Float64Array.of(2, 2, 2), 2, [[2, 2]], 0.9)).toEqual([expect.closeTo(0.05, 12), expect.closeTo(0.95, 12)]);
  });
});

describe('definedDraws', () => {
  it('draws anew what is not a number, and gives up where most are not', () => {
    const values = [1, NaN, 2, Infinity, 3];
    expect(definedDraws(3, () => values.shift()!)).toEqual(Float64Array.of(1, 2, 3));
    expect(() => definedDraws(3, () => NaN)).toThrow(/undefined-statistic: the statistic is undefined on most resamples/);
  });
});
