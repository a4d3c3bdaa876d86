import { rng } from '@mgmt/core';
import { silhouette, trustworthiness, umap } from '../../src/index.js';
import { groups } from './clouds.js';

const { points, labels } = groups(60, 5);

describe('umap', () => {
  it('keeps groups together', async () => {
    const embedding = await umap(points, { rng: rng(0), epochs: 100 });
    expect(trustworthiness(points, embedding)).toBeGreaterThan(0.9);
    expect(silhouette(embedding, labels)).toBeGreaterThan(0.5);
  });

  it('gives the same picture for the same stream, and another for another', async () => {
    const rows = points.slice(0, 30);
    const embedding = await umap(rows, { rng: rng(0), epochs: 20 });
    expect(await umap(rows, { rng: rng(0), epochs: 20 })).toEqual(embedding);
    expect(await umap(rows, { rng: rng(1), epochs: 20 })).not.toEqual(embedding);
  });

  it.each([
    ['four points', points.slice(0, 4)],
    ['fewer points than neighbors', points.slice(0, 9)],
    ['equal points', new Array<number[]>(20).fill([1, 2, 3])],
    ['every point twice', [...points, ...points]],
  ])('has a result for %s', async (_, rows) => {
    const embedding = await umap(rows, { rng: rng(0), epochs: 30 });
    expect(embedding).toHaveLength(rows.length);
    expect(embedding.flat().every(Number.isFinite)).toBe(true);
  });

  it('tells how far it is, and stops at a signal', async () => {
    const heard: number[] = [];
    await umap(points, { rng: rng(0), epochs: 25, onProgress: ({ done }) => heard.push(done) });
    expect(heard).toEqual([10, 20]);
    const stop = new AbortController();
    const stopped = umap(points, { rng: rng(0), signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
  });

  it('refuses too few points and neighbors that are not there', async () => {
    await expect(umap(points.slice(0, 3), { rng: rng(0) })).rejects.toThrow(/too-few/);
    await expect(umap(points, { rng: rng(0), neighbors: 60 })).rejects.toThrow(/bad-option: the option neighbors/);
    await expect(umap(points, { rng: rng(0), leastDistance: 2 })).rejects.toThrow(/bad-option: the option leastDistance/);
    await expect(umap(points, { rng: rng(0), epochs: 0 })).rejects.toThrow(/bad-option: the option epochs/);
  });
});
