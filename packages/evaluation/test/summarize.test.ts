import { summarize } from '../src/index.js';
import { golden } from './golden.js';

interface Case {
  name: string;
  values: number[];
  mean: number;
  deviation: number;
  quartiles: [number, number, number];
}

describe('summarize', () => {
  it.each(golden<Case[]>('scipy', 'summarize'))('equals SciPy: $name', ({ values, mean, deviation, quartiles }) => {
    const close = (value: number) => expect.closeTo(value, 10) as number;
    expect(summarize(values)).toEqual({
      count: values.length,
      mean: close(mean),
      deviation: close(deviation),
      min: Math.min(...values),
      lowerQuartile: close(quartiles[0]),
      median: close(quartiles[1]),
      upperQuartile: close(quartiles[2]),
      max: Math.max(...values),
    });
  });

  it('does not make up a spread for a single value', () => {
    expect(summarize([0.4])).toMatchObject({ count: 1, mean: 0.4, deviation: NaN, min: 0.4, median: 0.4, max: 0.4 });
  });

  it('finds no spread at all in equal values', () => {
    expect(summarize([0.4, 0.4, 0.4])).toMatchObject({ mean: 0.4, deviation: 0 });
  });

  it('refuses nothing, and what is not finite', () => {
    expect(() => summarize([])).toThrow(/evaluation\/empty/);
    expect(() => summarize([1, Infinity])).toThrow(/evaluation\/not-finite.*index 1/);
  });
});
