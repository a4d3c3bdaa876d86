import { rng } from '@mgmt/core';
import { trustworthiness, tsne, type TsneOptions } from '../../src/index.js';
import { golden } from '../golden.js';
import { gap, goldenPoints, groups } from './clouds.js';

const { points } = groups(60, 5);
const quick: TsneOptions = { rng: rng(0), iterations: 120, perplexity: 8 };
const flat = (embedding: readonly (readonly number[])[]) => embedding.flat();

describe('tsne', () => {
  it.each(
    golden<{ name: string; points: string; perplexity: number; divergence: number; trustworthiness: number }[]>('embeddings', 'runs'),
  )('keeps as much as scikit-learn does: $name', async (expected) => {
    const rows = goldenPoints(expected.points);
    const { embedding, klDivergence, iterations } = await tsne(rows, { rng: rng(0), perplexity: expected.perplexity });
    expect(iterations).toBe(1000);
    expect(klDivergence).toBeLessThan(1.02 * expected.divergence);
    expect(trustworthiness(rows, embedding)).toBeGreaterThan(expected.trustworthiness - 0.005);
  });

  it('gives the same picture for the same stream, and with a start at random another for another', async () => {
    const first = await tsne(points, { ...quick, rng: rng(1), start: 'random' });
    expect(await tsne(points, { ...quick, rng: rng(1), start: 'random' })).toEqual(first);
    expect((await tsne(points, { ...quick, rng: rng(2), start: 'random' })).embedding).not.toEqual(first.embedding);
  });

  it('hardly depends on the stream where it starts from the principal components', async () => {
    const brief = { perplexity: 8, iterations: 20 };
    const [one, other] = [await tsne(points, { ...brief, rng: rng(1) }), await tsne(points, { ...brief, rng: rng(2) })];
    expect(gap(flat(one.embedding), flat(other.embedding))).toBeLessThan(1e-2 * Math.max(...flat(one.embedding)));
  });

  it('moves the places with the points when their order changes', async () => {
    const order = points.map((_, i) => (7 * i) % 60);
    const brief = { perplexity: 8, iterations: 20, theta: 0 };
    const wanted = await tsne(points, { ...brief, rng: rng(0) });
    const found = await tsne(
      order.map((i) => points[i]!),
      { ...brief, rng: rng(0) },
    );
    expect(
      gap(
        flat(found.embedding),
        order.flatMap((i) => wanted.embedding[i]!),
      ),
    ).toBeLessThan(1e-6);
  });

  it('takes rows and one array with its shape alike', async () => {
    const data = Float32Array.from(points.flat());
    const rows = points.map((_, i) => data.subarray(5 * i, 5 * i + 5));
    expect(await tsne({ data, shape: [60, 5] }, { ...quick, rng: rng(0) })).toEqual(await tsne(rows, { ...quick, rng: rng(0) }));
  });

  it('puts coinciding points near each other', async () => {
    const { embedding } = await tsne([...points, ...points], { ...quick, iterations: 500 });
    const width = Math.max(...flat(embedding)) - Math.min(...flat(embedding));
    points.forEach((_, i) => expect(gap(embedding[i]!, embedding[60 + i]!)).toBeLessThan(width / 20));
  });

  it.each([
    ['four points', points.slice(0, 4), {}],
    ['no more points than three perplexities', points.slice(0, 20), { perplexity: 18 }],
    ['equal points', new Array<number[]>(40).fill([1, 2, 3]), {}],
    ['points on a line', points.map(([x]) => [x!, 2 * x!]), {}],
    ['one dimension', points.map(([x]) => [x!]), {}],
    ['few steps', points, { iterations: 1 }],
  ])('has a result for %s', async (_, rows, options) => {
    const { embedding, klDivergence } = await tsne(rows, { rng: rng(0), iterations: 300, ...options });
    expect(embedding).toHaveLength(rows.length);
    expect(flat(embedding).every(Number.isFinite)).toBe(true);
    expect(new Set(embedding.map(([, y]) => y)).size).toBeGreaterThan(1); // it fills the plane
    expect(klDivergence).toBeGreaterThan(-1e-9);
  });

  it('tells how far it is, and stops at a signal', async () => {
    const heard: number[] = [];
    await tsne(points, { ...quick, onProgress: ({ done }) => heard.push(done) });
    expect(heard).toEqual([50, 100]);

    const stop = new AbortController();
    const stopped = tsne(points, { ...quick, signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
    await expect(tsne(points, { ...quick, signal: stop.signal })).rejects.toThrow('enough');
  });

  it('stops early once the gradient is as small as was asked for', async () => {
    const { iterations } = await tsne(points, { ...quick, iterations: 1000, leastGradientNorm: 1e9 });
    expect(iterations).toBe(100); // 50 with exaggeration, 50 without
  });

  it.each([
    ['one point', [[1, 2]], {}, /too-few.*\n.*at least 4.*1 of dimension 2/],
    ['no points', [], {}, /too-few/],
    ['not a number', [[0], [1], [NaN], [3]], {}, /not-finite.*coordinate 0 of index 2/],
    ['what has no square', [[0], [1], [1e200], [3]], {}, /not-finite/],
    ['rows of two lengths', [[0, 1], [1, 2], [2], [3, 4]], {}, /length-mismatch.*index 2/],
    ['a shape that is not filled', { data: [1, 2, 3], shape: [4, 1] as const }, {}, /length-mismatch.*\n.*4 x 1/],
    ['a perplexity beyond the points', points, { perplexity: 59 }, /bad-option: the option perplexity/],
    ['a perplexity below 1', points, { perplexity: 0.5 }, /bad-option: the option perplexity/],
    ['no steps', points, { iterations: 0 }, /bad-option: the option iterations/],
    ['a negative theta', points, { theta: -1 }, /bad-option: the option theta/],
    ['a learning rate that is none', points, { learningRate: NaN }, /bad-option: the option learningRate/],
    ['a learning rate far too high', points, { learningRate: 1e80 }, /diverged.*\n.*\n.*hint: lower the learning rate/],
  ])('refuses %s', async (_, rows, options, message) => {
    await expect(tsne(rows, { rng: rng(0), ...options })).rejects.toThrow(message);
  });
});
