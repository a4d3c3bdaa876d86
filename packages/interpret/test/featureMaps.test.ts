import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { leavesNoTensors, onEachBackend } from '../../nn/test/onEachBackend.js';
import { featureMaps, layerNames } from '../src/index.js';
import { captumCases, captumInput, captumNetwork } from './captumNetwork.js';
import { relativeError } from './golden.js';
import { nested, shared } from './strangers.js';

onEachBackend(() => {
  it.each(captumCases)('are what the model cut off at each layer gives: $name', async (each) => {
    const network = captumNetwork(each);
    const maps = await featureMaps(network, captumInput(each));
    expect(maps.map(({ layer }) => layer)).toEqual(layerNames(network));
    const { data, shape } = captumInput(each);
    for (const map of maps) {
      const cut = tf.model({ inputs: network.inputs, outputs: network.getLayer(map.layer).output });
      tf.tidy(() => {
        const expected = cut.predict(tf.tensor(data, [...shape])) as tf.Tensor;
        expect(map.shape).toEqual(expected.shape);
        expect(relativeError(map.data, [...expected.dataSync()])).toBeLessThan(1e-5);
      });
    }
    network.dispose();
  });

  it('leave no tensor', async () => {
    const each = captumCases.at(-1)!;
    const network = captumNetwork(each);
    await leavesNoTensors(() => featureMaps(network, captumInput(each)));
    network.dispose();
  });
});

describe('featureMaps', () => {
  beforeAll(async () => {
    await selectBackend();
  });

  const each = captumCases.at(-1)!;

  it('gives the layers that are named, in the order in which they ran, and the first channels', async () => {
    const network = captumNetwork(each);
    const maps = await featureMaps(network, captumInput(each), { layers: ['conv2', 'conv1'], channels: 2 });
    expect(maps.map(({ layer, shape }) => [layer, shape.at(-1)])).toEqual([
      ['conv1', 2],
      ['conv2', 2],
    ]);
    const [all] = await featureMaps(network, captumInput(each), { layers: ['conv1'] });
    const firstTwo = all!.data.filter((_, i) => i % 3 < 2);
    expect(maps[0]!.data).toEqual(firstTwo);
    network.dispose();
  });

  it('runs the model once, and leaves it as it was', async () => {
    const { whole, image } = nested();
    const layers = whole.layers.flatMap((layer) => ('layers' in layer ? (layer as tf.LayersModel).layers : [layer]));
    const runs: string[] = [];
    const calls = layers.map((layer) => {
      const { call } = layer;
      const counted: typeof call = (...parameters) => {
        runs.push(layer.name);
        return call.apply(layer, parameters);
      };
      layer.call = counted;
      return counted;
    });
    const maps = await featureMaps(whole, image);
    expect(runs).toEqual(['stock1', 'pool', 'stock2', 'mean', 'head']);
    expect(maps.map(({ layer }) => layer)).toEqual(['trunk/stock1', 'trunk/pool', 'trunk/stock2', 'mean', 'head']);
    layers.forEach((layer, i) => expect(layer.call).toBe(calls[i]));
    whole.dispose();
    image.dispose();
  });

  it('leaves nothing of its own on a layer', async () => {
    const network = captumNetwork(each);
    const before = network.layers.map((layer) => Object.keys(layer));
    await featureMaps(network, captumInput(each));
    expect(network.layers.map((layer) => Object.keys(layer))).toEqual(before);
    network.dispose();
  });

  it('keeps each run of a shared layer', async () => {
    const { model, inputs } = shared();
    const names = async (layers?: string[]) => (await featureMaps(model, inputs, layers ? { layers } : {})).map(({ layer }) => layer);
    expect((await names()).filter((name) => name.startsWith('conv'))).toEqual(['conv', 'conv#2']);
    expect(await names(['conv#2'])).toEqual(['conv#2']);
    await expect(names(['conv#3'])).rejects.toThrow(/unknown-layer[^]*'conv#3' gave no single tensor/);
    model.dispose();
    tf.dispose(inputs);
  });

  it('takes a sequential model, and an image as plain numbers', async () => {
    const { trunk, whole, image } = nested();
    const numbers = { data: Float32Array.from(image.dataSync()), shape: image.shape };
    const [ofTensor, ofNumbers] = [await featureMaps(trunk, image), await featureMaps(trunk, numbers)];
    expect(ofNumbers).toEqual(ofTensor);
    expect(ofTensor.map(({ shape }) => shape)).toEqual([
      [1, 8, 10, 4],
      [1, 4, 5, 4],
      [1, 4, 5, 6],
    ]);
    whole.dispose();
    image.dispose();
  });
});
