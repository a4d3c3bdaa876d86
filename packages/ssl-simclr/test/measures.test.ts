import { rng } from '@mgmt/core';
import fc from 'fast-check';
import { alignment, type Embeddings, nearestNeighborAccuracy, uniformity } from '../src/index.js';
import { golden, sines } from './golden.js';

const embeddings = (rows: readonly (readonly number[])[]): Embeddings => ({
  data: Float32Array.from(rows.flat()),
  shape: [rows.length, rows[0]!.length],
});
const x: Embeddings = { data: sines([6, 5], 0.9), shape: [6, 5] };
const y: Embeddings = { data: sines([6, 5], 0.9, 0.4), shape: [6, 5] };

describe('alignment', () => {
  it.each(golden.alignment)('equals the authors’ function in PyTorch, alpha $alpha', ({ alpha, value }) => {
    expect(alignment(x, y, { alpha })).toBeCloseTo(value, 6); // the fill is rounded to float32 here
  });

  it('is 0 for equal directions and 4 for opposite ones', () => {
    const longer = { ...x, data: x.data.map((value) => 3 * value) };
    expect(alignment(x, longer)).toBeCloseTo(0, 12);
    expect(alignment(x, { ...x, data: x.data.map((value) => -value) })).toBeCloseTo(4, 12);
  });

  it('refuses views of other images', () => {
    expect(() => alignment(x, { data: new Float32Array(4), shape: [2, 2] })).toThrow(/ssl-simclr\/bad-embeddings/);
  });
});

describe('uniformity', () => {
  it.each(golden.uniformity)('equals the authors’ function in PyTorch, t $t', ({ t, value }) => {
    expect(uniformity(x, { t })).toBeCloseTo(value, 6);
  });

  it('is 0 for a collapsed encoder, and lies between -4 t and 0', () => {
    expect(uniformity(embeddings([[1, 1], [2, 2], [5, 5]]))).toBeCloseTo(0, 6); // prettier-ignore
    const rows = fc.array(fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 8,
    });
    fc.assert(
      fc.property(rows, (some) => {
        const value = uniformity(embeddings(some));
        expect(value).toBeLessThanOrEqual(1e-12);
        expect(value).toBeGreaterThanOrEqual(-8);
      }),
    );
  });

  it('refuses a single image, and numbers that are not finite', () => {
    expect(() => uniformity(embeddings([[1, 2]]))).toThrow(/ssl-simclr\/bad-embeddings/);
    expect(() => uniformity(embeddings([[1, NaN], [1, 2]]))).toThrow(/ssl-simclr\/bad-embeddings/); // prettier-ignore
  });
});

describe('nearestNeighborAccuracy', () => {
  const random = rng('neighbors');
  const around = (angle: number) => Array.from({ length: 20 }, () => [Math.cos(angle + random.normal(0, 0.05)), Math.sin(angle)]);
  const clusters = embeddings([...around(0), ...around(1), ...around(2)]);
  const labels = Array.from({ length: 60 }, (_, i) => Math.floor(i / 20));

  it('is 1 where each label has a place of its own, and chance where labels mean nothing', () => {
    expect(nearestNeighborAccuracy(clusters, labels)).toBe(1);
    expect(nearestNeighborAccuracy(clusters, labels, { k: 7 })).toBe(1);
    const shuffled = nearestNeighborAccuracy(clusters, random.shuffle(labels));
    expect(shuffled).toBeGreaterThan(0.1); // a third, and three standard errors of 60 coins beside it
    expect(shuffled).toBeLessThan(0.53);
  });

  it('asks no slice of the same patient', () => {
    const rows = embeddings([[1, 0], [1, 0.01], [1, 0.1], [0, 1], [0.01, 1], [0.1, 1]]); // prettier-ignore
    const scanners = ['a', 'a', 'b', 'b', 'b', 'a'];
    const patients = ['p', 'p', 'q', 'r', 'r', 's'];
    expect(nearestNeighborAccuracy(rows, scanners)).toBeCloseTo(4 / 6);
    expect(nearestNeighborAccuracy(rows, scanners, { patients })).toBe(0);
  });

  it('lets the nearest one decide where votes are equal', () => {
    const line = embeddings([[1, 0], [1, 0.1], [1, 0.3]]); // prettier-ignore
    expect(nearestNeighborAccuracy(line, ['a', 'a', 'b'], { k: 2 })).toBeCloseTo(2 / 3);
  });

  it('refuses labels of another number, and more neighbors than there are', () => {
    expect(() => nearestNeighborAccuracy(x, [1])).toThrow(/ssl-simclr\/bad-embeddings/);
    expect(() => nearestNeighborAccuracy(x, [1, 1, 1, 1, 1, 1], { k: 6 })).toThrow(/ssl-simclr\/too-few-neighbors/);
  });
});
