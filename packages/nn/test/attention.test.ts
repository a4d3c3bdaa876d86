import * as tf from '@tensorflow/tfjs';
import {
  attentionMaps,
  input,
  layerRandomState,
  lossAndGradients,
  model,
  multiHeadAttention,
  MultiHeadAttention,
  toPytorchTensors,
  loadPytorchTensors,
  trainableVariables,
  type MultiHeadAttentionConfig,
} from '../src/index.js';
import { firstTokenAttention, selfAttention } from '../src/ops/attention.js';
import { golden } from './golden.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

type Numbers = readonly number[];
interface Case {
  readonly name: string;
  readonly shape: [number, number, number];
  readonly heads: number;
  readonly headDim: number;
  readonly queries: 'all' | 'first';
  readonly weights: Readonly<Record<string, Numbers>>;
  readonly gradients: Readonly<Record<string, Numbers>>;
  readonly x: Numbers;
  readonly dy: Numbers;
  readonly y: Numbers;
  readonly maps: Numbers;
}

/** Attention alone on tokens `[n, dim]`. */
function network(n: number, dim: number, config: MultiHeadAttentionConfig): tf.LayersModel {
  const x = input([n, dim]);
  return model(x, multiHeadAttention(x, { name: 'attention', seed: 1, ...config }));
}

const tensorOf = (values: Numbers, shape: readonly number[]) => tf.tensor([...values], [...shape], 'float32');

onEachBackend(() => {
  describe.each(golden<Case>('attention'))(
    'attention with $name',
    ({ shape, heads, headDim, queries, weights, gradients, x, dy, y, maps }) => {
      const [b, n, dim] = shape;
      const named = (values: Readonly<Record<string, Numbers>>) =>
        new Map(
          Object.entries(values).map(([name, data]) => [
            `attention.${name}`,
            { shape: SHAPES(heads * headDim, dim)[name]!, data: Float32Array.from(data) },
          ]),
        );

      it("equals PyTorch's outputs, maps and gradients, under its names", () => {
        const made = network(n, dim, { heads, headDim, queries });
        loadPytorchTensors(made, named(weights));
        const image = tensorOf(x, shape);
        tf.tidy(() => {
          const output = made.predict(image) as tf.Tensor;
          expect(largestDifference(output, tensorOf(y, output.shape))).toBeLessThan(2e-6);
          const [map] = attentionMaps(made, image);
          expect(largestDifference(map!, tensorOf(maps, [b, heads, n, n]))).toBeLessThan(2e-6);
        });
        const variables = trainableVariables(made);
        const found = lossAndGradients(variables, () => {
          const output = made.apply(image, { training: true }) as tf.Tensor;
          return tf.sum(tf.mul(output, tensorOf(dy, output.shape))) as tf.Scalar;
        });
        variables.forEach((variable, i) => variable.assign(found.gradients[i]!)); // so that they are read as weights are
        const expected = named(gradients);
        for (const [name, { data }] of toPytorchTensors(made)) {
          const largest = expected.get(name)!.data.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
          data.forEach((value, i) => expect(Math.abs(value - expected.get(name)!.data[i]!)).toBeLessThan(1e-5 * largest));
        }
        tf.dispose([image, found.loss, ...found.gradients]);
        made.dispose();
      });
    },
  );

  it('of the first token alone is what all tokens get for it, gradients too', () => {
    tf.tidy(() => {
      const inputs = [noise([2, 5, 6], 1), noise([8, 6], 2), noise([8, 6], 3), noise([8, 6], 4)] as const; // two heads of four
      const projections = ([query, key, value]: readonly tf.Tensor[]) => ({ query, key, value }) as never;
      const all = (x: tf.Tensor, ...w: tf.Tensor[]) =>
        tf.squeeze(
          tf.slice(tf.reshape(selfAttention(x as tf.Tensor3D, projections(w), { heads: 2 }), [2, 2, 5, 4]), [0, 0, 0, 0], [2, 2, 1, 4]),
          [2],
        );
      const first = (x: tf.Tensor, ...w: tf.Tensor[]) => firstTokenAttention(x as tf.Tensor3D, projections(w), { heads: 2 });
      expect(largestDifference(first(...inputs), all(...inputs))).toBeLessThan(1e-6);
      const dy = noise([2, 2, 4], 5);
      const [found, expected] = [first, all].map((form) => tf.grads((...at) => form(...(at as [tf.Tensor])))([...inputs], dy));
      found!.forEach((gradient, i) => expect(largestDifference(gradient, expected![i]!)).toBeLessThan(1e-5));
    });
  });

  it('has the gradients that differences show', () => {
    tf.tidy(() => {
      for (const form of [selfAttention, firstTokenAttention]) {
        const attend = (x: tf.Tensor, query: tf.Tensor, key: tf.Tensor, value: tf.Tensor) =>
          form(x as tf.Tensor3D, { query, key, value } as never, { heads: 2 });
        expect(gradientError(attend, [noise([2, 4, 3], 1), noise([4, 3], 2), noise([4, 3], 3), noise([4, 3], 4)])).toBeLessThan(5e-3);
      }
    });
  });

  it('does not care about the order of the other tokens', () => {
    const made = network(4, 6, { heads: 2, headDim: 3, queries: 'first' });
    tf.tidy(() => {
      const x = noise([1, 4, 6], 1);
      const turned = tf.gather(x, [0, 3, 1, 2], 1);
      expect(largestDifference(made.predict(turned) as tf.Tensor, made.predict(x) as tf.Tensor)).toBeLessThan(1e-5);
    });
    made.dispose();
  });

  it('shows maps whose rows sum to 1, of all tokens also where the first one is computed alone', async () => {
    const x = noise([2, 5, 6], 1);
    const [all, first] = (['all', 'first'] as const).map((queries) => network(5, 6, { heads: 3, headDim: 4, queries }));
    await leavesNoTensors(() => {
      const [[full], [alone]] = [attentionMaps(all!, x), attentionMaps(first!, x)];
      expect(full!.shape).toEqual([2, 3, 5, 5]);
      tf.tidy(() => {
        expect(largestDifference(alone!, full!)).toBe(0);
        expect(largestDifference(tf.sum(full!, -1), tf.ones([2, 3, 5]))).toBeLessThan(1e-6);
      });
      tf.dispose([full!, alone!]);
    });
    x.dispose();
    for (const each of [all!, first!]) each.dispose();
  });

  it.each([
    { queries: 'all', projectOut: true },
    { queries: 'all', projectOut: false },
    { queries: 'first', projectOut: true },
    { queries: 'first', projectOut: false },
  ] as const)(
    // prettier-ignore
    'frees what it makes: queries $queries, projected out: $projectOut',
    async (form) => {
      const made = network(4, 6, { heads: 2, headDim: 5, ...form });
      const x = noise([2, 4, 6], 1);
      expect(made.outputs[0]!.shape).toEqual([null, form.queries === 'all' ? 4 : 1, form.projectOut ? 6 : 10]);
      await leavesNoTensors(() => (made.predict(x) as tf.Tensor).dispose());
      await leavesNoTensors(() => {
        const { loss, gradients } = lossAndGradients(
          trainableVariables(made),
          () => tf.sum(tf.square(made.apply(x) as tf.Tensor)) as tf.Scalar,
        );
        tf.dispose([loss, ...gradients]);
      });
      await leavesNoTensors(() => toPytorchTensors(made));
      made.dispose();
      x.dispose();
    },
  );

  it('drops weights in training only, others in each step, as its seed and count of draws say', () => {
    const made = () => network(6, 6, { heads: 2, headDim: 3, dropout: 0.5 });
    const [one, other] = [made(), made()];
    tf.tidy(() => {
      const x = noise([2, 6, 6], 1);
      const run = (of: tf.LayersModel, training: boolean) => Array.from((of.apply(x, { training }) as tf.Tensor).dataSync());
      expect(run(one, false)).toEqual(run(one, false));
      const [first, second] = [run(one, true), run(one, true)];
      expect(first).not.toEqual(second);
      expect([run(other, true), run(other, true)]).toEqual([first, second]);
      expect(layerRandomState(one)).toEqual([2]);
    });
    for (const each of [one, other]) each.dispose();
  });
});

it('is asked of networks that have attention', () => {
  const x = input([4]);
  const none = model(x, tf.layers.activation({ activation: 'relu' }).apply(x) as tf.SymbolicTensor, { name: 'plain' });
  expect(() => attentionMaps(none, tf.zeros([1, 4]))).toThrow(/nn\/no-attention: plain/);
});

it('keeps its settings in its config', () => {
  const config = { name: 'a', heads: 2, headDim: 3, queries: 'first', projectOut: false, dropout: 0.1, seed: 'x' } as const;
  expect(new MultiHeadAttention(config).getConfig()).toMatchObject(config);
});

const SHAPES = (inner: number, dim: number): Readonly<Record<string, readonly number[]>> => ({
  'to_qkv.weight': [3 * inner, dim],
  'to_out.0.weight': [dim, inner],
  'to_out.0.bias': [dim],
});
