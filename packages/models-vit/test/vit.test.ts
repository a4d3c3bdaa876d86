import {
  attentionMaps,
  countParameters,
  loadPytorchTensors,
  lossAndGradients,
  selectBackend,
  sigmoidCrossEntropy,
  toPytorchTensors,
  trainableVariables,
} from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { vit, vitTable5Config, type VitConfig } from '../src/index.js';
import { fillByRule, sineInput } from './fillRule.js';
import { vitCases } from './golden.js';

beforeAll(async () => {
  await selectBackend();
});

const small = { ...vitTable5Config, dim: 16, heads: 2, headDim: 8, mlpDim: 12 } as const;
const small3d = { ...small, patch: [4, 8, 8], spatial: [8, 16, 16] } as const;

/** [network, config, PyTorch's input shape, parameters, output]: float64 of vit-pytorch under the fill rule. */
const OUTPUTS: readonly [string, VitConfig, readonly number[], number, number][] = [
  ['3-D, 2021', small3d, [1, 1, 8, 16, 16], 7_353, -0.5035154397],
  ["3-D, today's", { ...small3d, form: 'current' }, [1, 1, 8, 16, 16], 7_897, -0.5420728643],
  ['2-D, 2021', { ...small, patch: 8, channels: 4, spatial: [16, 16] }, [1, 4, 16, 16], 7_289, -0.5150990725],
];

it.each(OUTPUTS)("%s gives PyTorch's output, of as many parameters", (_, config, shape, parameters, output) => {
  const network = vit(config);
  expect(countParameters(network)).toBe(parameters);
  fillByRule(network);
  tf.tidy(() => {
    const [logit] = (network.predict(sineInput(shape)) as tf.Tensor).dataSync();
    expect(Math.abs(logit! / output - 1)).toBeLessThan(1e-4);
  });
  network.dispose();
});

describe.each(vitCases)("vit-pytorch's network, $name ($version)", ({ config, shape, names, shapes, logits, loss, gradients }) => {
  const filled = () => {
    const network = vit({ ...vitTable5Config, ...config });
    fillByRule(network);
    return network;
  };

  it('has its parameters, in its order and shapes', () => {
    const network = filled();
    expect([...toPytorchTensors(network)].map(([name, tensor]) => [name, tensor.shape])).toEqual(
      names.map((name, i) => [name, shapes[i]!]),
    );
    network.dispose();
  });

  it('gives its logits, its loss and all its gradients', () => {
    const network = filled();
    const [variables, images, labels] = [trainableVariables(network), sineInput(shape), tf.tensor2d([[1], [0]], [2, 1], 'float32')];
    let found: ArrayLike<number> = [];
    const result = lossAndGradients(variables, () => {
      const y = network.apply(images, { training: true }) as tf.Tensor;
      found = y.dataSync();
      return sigmoidCrossEntropy(y, labels);
    });
    logits.forEach((logit, i) => expect(Math.abs(found[i]! - logit)).toBeLessThan(1e-5));
    expect(Math.abs(result.loss.dataSync()[0]! - loss)).toBeLessThan(1e-6);
    variables.forEach((variable, i) => variable.assign(result.gradients[i]!)); // so that they are read as weights are
    for (const [name, { data }] of toPytorchTensors(network)) {
      const expected = gradients[name]!;
      const scale = expected.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-4); // keys and queries hardly matter at these weights
      const error = data.reduce((top, value, k) => Math.max(top, Math.abs(value - expected[k]!)), 0) / scale;
      expect({ name, error: error < 2e-4 ? 'small' : error }).toEqual({ name, error: 'small' });
    }
    network.dispose();
    tf.dispose([images, labels, result.loss, ...result.gradients]);
  });
});

it('loads a file with an empty class token, as vit-pytorch writes where nothing reads it', () => {
  const network = vit({ ...small, patch: 8, channels: 4, spatial: [16, 16], form: 'current', pool: 'mean' });
  const tensors = new Map([['cls_token', { shape: [0, 16], data: new Float32Array(0) }], ...toPytorchTensors(network)]);
  expect(loadPytorchTensors(network, tensors)).toMatchObject({ missing: [], unexpected: [], misshapen: [] });
  network.dispose();
});

it('computes the class token alone in its last block, and all tokens where their mean is pooled', () => {
  const shapeOf = (pool: 'cls' | 'mean', layer: string) => {
    const network = vit({ ...small3d, pool });
    const shape = network.getLayer(layer).outputShape;
    network.dispose();
    return shape;
  };
  expect(shapeOf('cls', 'transformer.layers.0')).toEqual([null, 9, 16]);
  expect(shapeOf('cls', 'transformer.layers.1')).toEqual([null, 1, 16]);
  expect(shapeOf('mean', 'transformer.layers.1')).toEqual([null, 9, 16]);
});

it('shows where it looks: a map of all tokens for each block and head', () => {
  const network = vit(small3d);
  tf.tidy(() => {
    const maps = attentionMaps(network, tf.randomNormal([3, 8, 16, 16, 1], 0, 1, 'float32', 5));
    expect(maps.map(({ shape }) => shape)).toEqual([[3, 2, 9, 9], [3, 2, 9, 9]]); // prettier-ignore
    const rows = maps.flatMap((map) => Array.from(tf.sum(map, -1).dataSync()));
    rows.forEach((sum) => expect(sum).toBeCloseTo(1, 5));
  });
  network.dispose();
});

it('says which extent its patches do not divide', () => {
  expect(() => vit({ ...small3d, spatial: [8, 16, 20] })).toThrow(
    /nn\/patch-does-not-divide: to_patch_embedding.0[^]*multiples of 4 x 8 x 8, found 8 x 16 x 20[^]*hint/,
  );
  expect(() => vit({ ...small, patch: 32, spatial: [48, 256, 256] })).toThrow(/multiples of 32 x 32 x 32, found 48 x 256 x 256/);
});
