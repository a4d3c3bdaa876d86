import fc from 'fast-check';
import { rng } from '../src/index.js';

const draws = (stream: { uniform(): number }, count = 5) => Array.from({ length: count }, () => stream.uniform());

describe('rng', () => {
  it('gives the same stream for the same seed and another for another', () => {
    expect(draws(rng(7))).toEqual(draws(rng(7)));
    expect(draws(rng(7))).not.toEqual(draws(rng(8)));
  });

  it('has known first values, so that results stay what they were across versions', () => {
    expect(draws(rng(0), 3)).toEqual(PINNED);
  });

  it('gives a child that does not depend on what was drawn before', () => {
    const fresh = rng(1);
    const used = rng(1);
    used.normal();
    expect(draws(used.child('augment'))).toEqual(draws(fresh.child('augment')));
    expect(draws(fresh.child('augment'))).not.toEqual(draws(fresh.child('shuffle')));
  });

  it('stays in its ranges', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 50 }), (seed, low, width) => {
        const stream = rng(seed);
        const uniform = stream.uniform(low, low + width + 1);
        const integer = stream.integer(low, low + width);
        expect(uniform >= low && uniform < low + width + 1).toBe(true);
        expect(Number.isInteger(integer) && integer >= low && integer <= low + width).toBe(true);
      }),
    );
  });

  it('draws normals of mean 0 and deviation 1', () => {
    const stream = rng('normals');
    const values = Array.from({ length: 20_000 }, () => stream.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03); // 4 standard errors
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
  });

  it('shuffles into a permutation and leaves the items alone', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer()), (seed, items) => {
        const before = [...items];
        expect(rng(seed).shuffle(items).sort()).toEqual([...items].sort());
        expect(items).toEqual(before);
      }),
    );
  });
});

const PINNED = [0.6057043436263299, 0.6475446590287968, 0.4002675987482226];
