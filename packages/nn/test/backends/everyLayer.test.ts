import * as tf from '@tensorflow/tfjs';
import * as nn from '../../src/index.js';
import { noise, spaced } from '../gradientCheck.js';
import { onBackend } from '../onEachBackend.js';
import { LAYERS, type LayerRow } from './layerTable.js';

/** Relative to the largest value. Single precision everywhere; a software driver of WebGPU has coarse exponentials. */
const TOLERANCES = { wasm: 2e-5, tensorflow: 2e-5, webgpu: 1e-3 };

it('has a row in the table for every layer of the package', () => {
  const layers = Object.entries(nn).filter(([, value]) => isLayerClass(value));
  expect(layers.length).toBeGreaterThan(10);
  expect(Object.keys(LAYERS).sort()).toEqual(layers.map(([name]) => name).sort());
});

for (const backend of ['wasm', 'tensorflow', 'webgpu'] as const) {
  onBackend(backend, () => {
    beforeAll(async () => {
      await nn.selectBackend({ force: 'cpu' });
      await nn.selectBackend({ force: backend });
      if (backend === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false); // else it leaves small tensors to plain JavaScript
    });

    it.each(Object.entries(LAYERS))('%s computes and differentiates as in plain JavaScript', (_, rows) => {
      const results = rows.map((row) => {
        const [expected, found] = (['cpu', backend] as const).map((each) => {
          void tf.setBackend(each); // started already
          return compute(row);
        });
        return Object.keys(expected!).map((what) => `${what}: ${verdict(found![what]!, expected![what]!, TOLERANCES[backend])}`);
      });
      expect(results.flat().filter((line) => !line.endsWith('same'))).toEqual([]);
    });
  });
}

type Values = Readonly<Record<string, { readonly shape: readonly number[]; readonly values: ArrayLike<number> }>>;

/** Output in training and after, weights after the training pass, and gradients by inputs and weights. */
function compute({ layer: make, inputs }: LayerRow): Values {
  const layer = make();
  if ('layerRandom' in layer) layer.layerRandom = { uniform: (shape: readonly number[]) => tf.abs(noise(shape, 17)) }; // TensorFlow draws others
  const results = tf.tidy(() => {
    const given = inputs.map((shape, i) => (inputs.length === 1 ? spaced(shape, i, 0.01) : noise(shape, i)));
    const run = (at: readonly tf.Tensor[], training: boolean) => layer.apply(at.length === 1 ? at[0]! : [...at], { training }) as tf.Tensor;
    const after = run(given, false);
    const output = run(given, true);
    const weights = layer.getWeights().map((weight) => tf.clone(weight));
    const dy = noise(output.shape, 99);
    const loss = (...at: tf.Tensor[]) => tf.sum(tf.mul(run(at, true), dy)) as tf.Scalar;
    const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const byWeights = variables.length > 0 ? tf.variableGrads(() => loss(...given), variables).grads : {};
    return {
      output,
      'output after training': after,
      ...named('weight', weights),
      ...named('gradient by input', tf.grads(loss)(given)),
      ...named('gradient by weight', Object.values(byWeights)),
    };
  });
  const values = Object.fromEntries(
    Object.entries(results as Record<string, tf.Tensor>).map(([what, tensor]) => [
      what,
      { shape: tensor.shape, values: tensor.dataSync() },
    ]),
  );
  tf.dispose(results);
  layer.dispose();
  return values;
}

const named = (what: string, tensors: readonly tf.Tensor[]) => Object.fromEntries(tensors.map((tensor, i) => [`${what} ${i}`, tensor]));

function verdict(found: Values[string], expected: Values[string], tolerance: number): string {
  if (`${found.shape}` !== `${expected.shape}`) return `[${found.shape}], not [${expected.shape}]`;
  const want = Array.from(expected.values);
  const scale = want.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-3);
  const error = want.reduce((top, value, i) => Math.max(top, Math.abs(found.values[i]! - value)), 0) / scale;
  return error <= tolerance ? 'same' : `off by ${error.toExponential(1)}`;
}

function isLayerClass(value: unknown): boolean {
  return typeof value === 'function' && value.prototype instanceof tf.layers.Layer;
}
