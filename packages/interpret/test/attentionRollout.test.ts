import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { leavesNoTensors } from '../../nn/test/onEachBackend.js';
import { attentionRollout, rolloutMap, type FloatArray } from '../src/index.js';
import { golden, relativeError } from './golden.js';

interface RolloutCase {
  readonly shape: readonly number[];
  readonly layers: readonly (readonly number[])[];
  readonly rollouts: Readonly<Record<'mean' | 'max' | 'min', readonly number[]>>;
}

beforeAll(async () => {
  await selectBackend();
});

const [reference] = golden<RolloutCase>('rollout') as [RolloutCase];
const layers = reference.layers.map((values): FloatArray => ({ data: Float32Array.from(values), shape: reference.shape }));

describe('attentionRollout', () => {
  it.each(['mean', 'max', 'min'] as const)("is NumPy's, heads joined by their %s", async (heads) => {
    const rollout = await attentionRollout(layers, { heads });
    expect(rollout.shape).toEqual([2, 7, 7]);
    expect(relativeError(rollout.data, reference.rollouts[heads])).toBeLessThan(1e-6);
  });

  it('takes tensors as it takes numbers, and leaves them', async () => {
    const tensors = layers.map(({ data, shape }) => tf.tensor(data, [...shape]));
    await leavesNoTensors(async () => expect(await attentionRollout(tensors)).toEqual(await attentionRollout(layers)));
    tf.dispose(tensors);
  });

  it('shares out what each token has: rows add up to 1, and nothing is negative', async () => {
    const weights = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 32, maxLength: 32 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(weights, fc.constantFrom('mean', 'max', 'min'), async (values, heads) => {
        const random = values.map((layer) => ({ data: Float32Array.from(layer), shape: [1, 2, 4, 4] }));
        const { data } = await attentionRollout(random, { heads });
        for (let row = 0; row < 4; row++) {
          const shares = data.subarray(row * 4, row * 4 + 4);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
          expect(shares.every((share) => share >= 0)).toBe(true);
        }
      }),
    );
  });

  it('is the identity where every token looks at itself only', async () => {
    const identity = { data: Float32Array.from({ length: 9 }, (_, i) => Number(i % 4 === 0)), shape: [1, 1, 3, 3] };
    expect((await attentionRollout([identity, identity])).data).toEqual(identity.data);
  });

  it.each([
    ['no layer', [], /bad-attention[^]*found none/],
    ['rows and columns that differ', [{ data: new Float32Array(6), shape: [1, 1, 2, 3] }], /layer 0[^]*found \[1, 1, 2, 3\]/],
    ['no heads axis', [{ data: new Float32Array(9), shape: [1, 3, 3] }], /found \[1, 3, 3\]/],
    ['layers of several sizes', [layers[0]!, { data: new Float32Array(2 * 9), shape: [2, 1, 3, 3] }], /layer 1[^]*found \[2, 1, 3, 3\]/],
  ])('refuses %s', async (_, attentions, message) => {
    await expect(attentionRollout(attentions)).rejects.toThrow(message);
  });
});

describe('rolloutMap', () => {
  const rollout = { data: Float32Array.from({ length: 2 * 49 }, (_, i) => i), shape: [2, 7, 7] };

  it("is the class token's row without itself, as a grid, image by image", () => {
    expect(rolloutMap(rollout, { patches: [1, 2, 3] })).toEqual({
      data: Float32Array.of(1, 2, 3, 4, 5, 6, 50, 51, 52, 53, 54, 55),
      shape: [2, 1, 2, 3],
    });
  });

  it('is the mean of all rows where tokens are pooled, with a class token among them or without', () => {
    const mean = rolloutMap(rollout, { patches: [6], pool: 'mean' });
    [22, 23, 24, 25, 26, 27].forEach((value, j) => expect(mean.data[j]).toBeCloseTo(value, 4)); // column j + 1 of rows 7 apart
    const four = { data: Float32Array.from({ length: 16 }, (_, i) => i), shape: [1, 4, 4] };
    expect(rolloutMap(four, { patches: [2, 2] })).toEqual({ data: Float32Array.of(6, 7, 8, 9), shape: [1, 2, 2] });
  });

  it.each([
    [{ patches: [2, 2] }, /expected 2 x 2 = 4 patches, with a class token or without, found 7 tokens/],
    [{ patches: [7], pool: 'class' }, /expected 7 patches and a class token, found 7 tokens/],
  ] as const)('refuses %j', (options, message) => {
    expect(() => rolloutMap(rollout, options)).toThrow(message);
  });
});
