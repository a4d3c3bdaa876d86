import { rng } from '@mgmt/core';
import { casesOf, resampler } from '../../src/resampling/resampler.js';

const sum = (times: Uint32Array, cases: readonly number[]) => cases.reduce((total, i) => total + times[i]!, 0);

describe('resampler', () => {
  it('draws as many cases as there are, of each stratum as many as it has', () => {
    const { draw } = resampler(7, { strata: ['b', 'a', 'b', 'a', 'a', 'b', 'b'] }, rng(0));
    for (let k = 0; k < 50; k++) {
      const times = draw();
      expect([sum(times, [0, 2, 5, 6]), sum(times, [1, 3, 4])]).toEqual([4, 3]);
    }
  });

  it('draws clusters whole', () => {
    const { draw, strata } = resampler(6, { clusters: ['p', 'q', 'p', 'r', 'q', 'p'] }, rng(1));
    expect(strata).toEqual([[[0, 2, 5], [1, 4], [3]]]);
    for (let k = 0; k < 50; k++) {
      const times = draw();
      expect([times[0], times[2], times[1]]).toEqual([times[5], times[5], times[4]]);
      expect(times[0]! + times[1]! + times[3]!).toBe(3);
    }
  });

  it('draws every case equally often', () => {
    const { draw } = resampler(5, {}, rng(2));
    const total = [0, 0, 0, 0, 0];
    for (let k = 0; k < 4000; k++) draw().forEach((times, i) => (total[i]! += times));
    for (const times of total) expect(Math.abs(times - 4000)).toBeLessThan(4 * Math.sqrt(4000)); // four deviations
  });

  it('refuses a cluster that lies in two strata, and strata of another number of cases', () => {
    expect(() => resampler(3, { strata: [0, 1, 1], clusters: [7, 7, 8] }, rng(0))).toThrow(
      /mixed-cluster: .*\n.*cases 0 and 1 of one cluster/,
    );
    expect(() => resampler(3, { strata: [0, 1] }, rng(0))).toThrow(/length-mismatch: every case needs its place among the strata/);
  });
});

it('casesOf lists each case as often as it was drawn', () => {
  expect(casesOf(Uint32Array.of(2, 0, 1, 3))).toEqual(Uint32Array.of(0, 0, 2, 3, 3, 3));
});
