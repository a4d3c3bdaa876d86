import { rng } from '@mgmt/core';
import fc from 'fast-check';
import { type Distribution, randomSampler } from '../../src/index.js';
import { contains } from '../../src/transform/contains.js';
import { contextAfter, distributions } from './arbitraries.js';

const drawn = (distribution: Distribution, seed: number) =>
  randomSampler().sample('x', distribution, { ...contextAfter({}, []), rng: rng(seed) });

/** How often each value came, in the order of the values. */
const shares = (distribution: Distribution, draws = 6000) => {
  const counts = new Map<number, number>();
  for (let seed = 0; seed < draws; seed++) {
    const value = drawn(distribution, seed) as number;
    counts.set(value, (counts.get(value) ?? 0) + 1 / draws);
  }
  return [...counts].sort(([a], [b]) => a - b);
};

describe('randomSampler', () => {
  it('stays in its distribution', () => {
    fc.assert(
      fc.property(distributions, fc.nat(), (distribution, seed) => contains(distribution, drawn(distribution, seed))),
      { numRuns: 300 },
    );
  });

  it('gives every integer its share, the ends too', () => {
    const found = shares({ kind: 'int', low: 3, high: 11, step: 3 });
    expect(found.map(([value]) => value)).toEqual([3, 6, 9]);
    found.forEach(([, share]) => expect(Math.abs(share - 1 / 3)).toBeLessThan(0.02));
  });

  it('gives a logarithmic integer the share of half a step around it', () => {
    const found = shares({ kind: 'int', low: 1, high: 4, log: true });
    found.forEach(([value, share]) => expect(Math.abs(share - Math.log((value + 0.5) / (value - 0.5)) / Math.log(9))).toBeLessThan(0.02));
    expect(found).toHaveLength(4);
  });

  it('gives every decade of a logarithmic range its share', () => {
    const small = Array.from({ length: 6000 }, (_, seed) => drawn({ kind: 'float', low: 1e-6, high: 1, log: true }, seed) as number);
    expect(Math.abs(small.filter((value) => value < 1e-4).length / 6000 - 1 / 3)).toBeLessThan(0.02);
  });

  it('draws a parameter alike whatever was drawn before', () => {
    const context = contextAfter({}, []);
    const sampler = randomSampler();
    const distribution: Distribution = { kind: 'float', low: 0, high: 1 };
    const first = sampler.sample('a', distribution, context);
    sampler.sample('b', distribution, context);
    expect(sampler.sample('a', distribution, context)).toBe(first);
    expect(sampler.sample('b', distribution, context)).not.toBe(first);
  });
});
