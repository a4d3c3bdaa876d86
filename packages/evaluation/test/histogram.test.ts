import fc from 'fast-check';
import { histogram } from '../src/index.js';
import { golden } from './golden.js';

interface Case {
  name: string;
  values: number[];
  bins: number;
  domain: [number, number] | null;
  edges: number[];
  counts: number[];
  density: number[];
}

describe('histogram', () => {
  it.each(golden<Case[]>('scipy', 'histogram'))('equals NumPy: $name', ({ values, bins, domain, ...expected }) => {
    const { edges, counts, density } = histogram(values, { bins, ...(domain && { domain }) });
    expect(counts).toEqual(expected.counts);
    edges.forEach((edge, i) => expect(edge).toBeCloseTo(expected.edges[i]!, 12));
    density.forEach((height, i) => expect(height).toBeCloseTo(expected.density[i]!, 10));
  });

  it('counts every value once, between its edges', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 60 }), (sample, bins) => {
        fc.pre(sample.every((value) => value === sample[0]) || Math.max(...sample) - Math.min(...sample) > 1e-6);
        const { edges, counts, density } = histogram(sample, { bins });
        counts.forEach((count, i) => {
          const last = i === bins - 1;
          expect(count).toBe(
            sample.filter((value) => value >= edges[i]! && (last ? value <= edges[i + 1]! : value < edges[i + 1]!)).length,
          );
        });
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(sample.length);
        expect(density.reduce((area, height, i) => area + height * (edges[i + 1]! - edges[i]!), 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('puts an edge itself into the bin above it, the last into the last', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 2, max: 60 }),
        (low, width, bins) => {
          const domain = [low / 10, (low + width) / 10] as const;
          const { edges } = histogram([...domain], { bins, domain });
          expect(histogram(edges, { bins, domain }).counts).toEqual([...new Array<number>(bins - 1).fill(1), 2]);
        },
      ),
    );
  });

  it('refuses a value outside the domain instead of dropping it', () => {
    expect(() => histogram([0.5, 1.5], { domain: [0, 1] })).toThrow(/outside-domain.*index 1.*\n.*expected 0 to 1, found 1.5/);
  });

  it.each<[[number, number]]>([[[1, 0]], [[0, 0]], [[0, Infinity]], [[NaN, 1]], [[1e16, 1e16 + 2]]])('refuses the domain %p', (domain) => {
    expect(() => histogram([0], { domain })).toThrow(/bad-option: the option domain/);
  });

  it.each([0, 2.5, -1, NaN])('refuses %p bins', (bins) => {
    expect(() => histogram([0], { bins })).toThrow(/bad-option: the option bins/);
  });

  it('refuses nothing, and what is not finite', () => {
    expect(() => histogram([])).toThrow(/evaluation\/empty/);
    expect(() => histogram([0, NaN])).toThrow(/evaluation\/not-finite.*index 1/);
  });
});
