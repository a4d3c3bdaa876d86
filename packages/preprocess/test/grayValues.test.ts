import { readFileSync } from 'node:fs';
import { volume } from '@mgmt/core';
import fc from 'fast-check';
import { clipPercentiles, minMax, zScore } from '../src/index.js';

const golden = JSON.parse(readFileSync(new URL('./golden/resample.json', import.meta.url), 'utf8')) as {
  percentiles: { percent: number; value: number }[];
};
const line = (...values: number[]) => volume(Float32Array.from(values), [1, 1, values.length]);
const brains = fc
  .array(fc.integer({ min: 1, max: 3000 }), { minLength: 2, maxLength: 60 })
  .filter((values) => new Set(values).size > 1)
  .map((values) => line(0, 0, 0, ...values));

describe('minMax', () => {
  it('takes the volume from 0 to 1, whatever its scale and offset', () => {
    expect([...minMax(volume(Int16Array.of(-100, 0, 300, 100), [2, 1, 2])).data]).toEqual([0, 0.25, 1, 0.5]);
  });

  it('makes a constant volume 0, and what is not finite', () => {
    expect([...minMax(line(7, 7)).data]).toEqual([0, 0]);
    expect([...minMax(line(NaN, 2, 4, Infinity, 3, -Infinity)).data]).toEqual([0, 0, 1, 0, 0.5, 0]);
    expect([...minMax(line(NaN, NaN)).data]).toEqual([0, 0]);
  });
});

describe('zScore', () => {
  it('has mean 0 and deviation 1 in the brain, and a background of 0', () => {
    fc.assert(
      fc.property(brains, (v) => {
        const { data } = zScore(v, { threshold: 'nonzero' });
        const brain = [...data].slice(3);
        const mean = brain.reduce((sum, value) => sum + value, 0) / brain.length;
        expect(mean).toBeCloseTo(0, 5);
        expect(Math.sqrt(brain.reduce((sum, value) => sum + (value - mean) ** 2, 0) / brain.length)).toBeCloseTo(1, 5);
        expect([...data].slice(0, 3)).toEqual([0, 0, 0]);
      }),
    );
  });

  it('makes a brain of equal voxels 0, and NaN and the infinities', () => {
    expect([...zScore(line(0, 5, 5), { threshold: 'nonzero' }).data]).toEqual([0, 0, 0]);
    expect([...zScore(line(0, NaN, 4, 8, Infinity), { threshold: 'nonzero' }).data]).toEqual([0, 0, -1, 1, 0]);
  });

  it('says that a volume without brain shows nothing', () => {
    expect(() => zScore(line(0, 0), { threshold: 'nonzero' })).toThrow(/preprocess\/blank-volume/);
    expect(() => zScore(line(NaN, NaN), { threshold: 'auto' })).toThrow(/preprocess\/blank-volume/);
  });
});

describe('clipPercentiles', () => {
  const pixels = line(...Array.from({ length: 60 }, (_, i) => (i * 37) % 61));

  it.each(golden.percentiles)('cuts where NumPy has percentile $percent', ({ percent, value }) => {
    expect(Math.min(...clipPercentiles(pixels, { lower: percent, upper: 100 }).data)).toBeCloseTo(value, 5);
    expect(Math.max(...clipPercentiles(pixels, { lower: 0, upper: percent }).data)).toBeCloseTo(value, 5);
  });

  it('leaves what lies between as it is', () => {
    const { data } = clipPercentiles(pixels, { lower: 10, upper: 90 });
    const [low, high] = [Math.min(...data), Math.max(...data)];
    pixels.data.forEach((value, p) => expect(data[p]).toBe(Math.min(Math.max(value, low), high)));
  });

  it('may ask the brain alone', () => {
    expect(Math.min(...clipPercentiles(line(0, 0, 0, 0, 10, 20, 30), { lower: 0, upper: 100, threshold: 'nonzero' }).data)).toBe(10);
  });

  it('puts what is not finite to the ends, and leaves constant volumes as they are', () => {
    expect([...clipPercentiles(line(NaN, 1, 2, 3, Infinity, -Infinity), { lower: 0, upper: 100 }).data]).toEqual([1, 1, 2, 3, 3, 1]);
    expect([...clipPercentiles(line(4, 4), { lower: 1, upper: 99 }).data]).toEqual([4, 4]);
    expect([...clipPercentiles(line(NaN), { lower: 1, upper: 99 }).data]).toEqual([0]);
    expect([...clipPercentiles(line(0, 0), { lower: 1, upper: 99, threshold: 'nonzero' }).data]).toEqual([0, 0]);
  });
});
