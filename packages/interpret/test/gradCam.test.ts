import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { leavesNoTensors, onEachBackend } from '../../nn/test/onEachBackend.js';
import { gradCam } from '../src/index.js';
import { captumInput, captumNetwork, captumResults } from './captumNetwork.js';
import { relativeError } from './golden.js';
import { nested, shared, twoInputs, withSoftmax } from './strangers.js';

onEachBackend(() => {
  it.each(captumResults)("is captum's, on the image's grid: $name", async ({ each, result, target }) => {
    const network = captumNetwork(each);
    const map = await gradCam(network, captumInput(each), { layer: 'relu2', target });
    expect(map.shape).toEqual([2, ...each.grid]);
    expect(relativeError(map.data, result.gradCam)).toBeLessThan(1e-4);
    const logits = [0, 1].map((image) => each.logits[image * each.classes + result.target]!);
    expect(relativeError(map.scores, logits)).toBeLessThan(1e-4);
    network.dispose();
  });

  it.each(captumResults)("is captum's with both signs, on the layer's own grid: $name", async ({ each, result, target }) => {
    const network = captumNetwork(each);
    const map = await gradCam(network, captumInput(each), { layer: 'relu1', target, signed: true, grid: 'layer' });
    expect(relativeError(map.data, result.gradCamSignedOnLayer)).toBeLessThan(1e-4);
    network.dispose();
  });

  it('leaves no tensor', async () => {
    const [{ each }] = captumResults as [(typeof captumResults)[number]];
    const network = captumNetwork(each);
    await leavesNoTensors(() => gradCam(network, captumInput(each), { layer: 'relu2', target: 1 }));
    network.dispose();
  });
});

describe('gradCam', () => {
  beforeAll(async () => {
    await selectBackend();
  });

  const { each } = captumResults.at(-1)!;

  it('of class 0 of a single logit is that of the negative logit', async () => {
    const network = captumNetwork(each);
    const options = { layer: 'relu2', signed: true } as const;
    const [one, zero, chosen] = [
      await gradCam(network, captumInput(each), options),
      await gradCam(network, captumInput(each), { ...options, target: 0 }),
      await gradCam(network, captumInput(each), { ...options, target: ([logits]) => tf.neg(tf.reshape(logits!, [-1])) }),
    ];
    one.data.forEach((value, i) => expect(zero.data[i]).toBeCloseTo(-value, 7));
    expect(chosen.data).toEqual(zero.data);
    expect(chosen.scores).toEqual(zero.scores);
    network.dispose();
  });

  it('of an image does not depend on what else is in the batch', async () => {
    const network = captumNetwork(each);
    const { data, shape } = captumInput(each);
    const both = await gradCam(network, { data, shape }, { layer: 'relu2' });
    const alone = await gradCam(network, { data: data.subarray(data.length / 2), shape: [1, ...shape.slice(1)] }, { layer: 'relu2' });
    expect(relativeError(alone.data, [...both.data.subarray(both.data.length / 2)])).toBeLessThan(1e-5);
    network.dispose();
  });

  it('finds a layer in a model within a model, and gives what the flat model gives', async () => {
    const { flat, whole, image } = nested();
    const expected = await gradCam(flat, image, { layer: 'stock2' });
    for (const layer of ['trunk/stock2', 'stock2']) {
      const map = await gradCam(whole, image, { layer });
      expect(map.layer).toBe('trunk/stock2');
      expect(relativeError(map.data, [...expected.data])).toBeLessThan(1e-5);
    }
    const trunk = await gradCam(whole, image, { layer: 'trunk' }); // a model is a layer too
    expect(relativeError(trunk.data, [...expected.data])).toBeLessThan(1e-5);
    for (const model of [flat, whole]) model.dispose();
    image.dispose();
  });

  it('tells the runs of a shared layer apart, and lays each on its input', async () => {
    const { model, inputs } = shared();
    const [first, second] = [await gradCam(model, inputs, { layer: 'conv' }), await gradCam(model, inputs, { layer: 'conv#2', input: 1 })];
    expect([first.layer, second.layer]).toEqual(['conv', 'conv#2']);
    const swapped = await gradCam(model, inputs.toReversed(), { layer: 'conv#2', input: 1 });
    expect(relativeError(swapped.data, [...first.data])).toBeLessThan(1e-5); // the model adds what both give
    expect(first.data).not.toEqual(second.data);
    model.dispose();
    tf.dispose(inputs);
  });

  it('explains a class of a stock model that ends in a softmax', async () => {
    const { model, image } = withSoftmax();
    const maps = await Promise.all([0, 1, 2].map((target) => gradCam(model, image, { layer: 'features', target })));
    expect(maps.reduce((sum, { scores }) => sum + scores[0]!, 0)).toBeCloseTo(1, 5);
    expect(maps.every(({ data }) => data.every(Number.isFinite))).toBe(true);
    model.dispose();
    image.dispose();
  });

  it('lays the map on the grid of the input that is asked for', async () => {
    const { model, inputs } = twoInputs();
    expect((await gradCam(model, inputs, { layer: 'small', input: 1 })).shape).toEqual([1, 6, 6]);
    expect((await gradCam(model, inputs, { layer: 'large' })).shape).toEqual([1, 8, 10]);
    model.dispose();
    tf.dispose(inputs);
  });
});
