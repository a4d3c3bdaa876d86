import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { leavesNoTensors } from '../../nn/test/onEachBackend.js';
import { featureMaps, layerVectors, type FloatArray } from '../src/index.js';
import { captumCases, captumInput, captumNetwork } from './captumNetwork.js';
import { relativeError } from './golden.js';

beforeAll(async () => {
  await selectBackend();
});

const each = captumCases.at(-1)!;
const input = captumInput(each); // two images
const half = input.data.length / 2;
const image = (n: number): FloatArray => ({ data: input.data.subarray(n * half, (n + 1) * half), shape: [1, ...input.shape.slice(1)] });

describe('layerVectors', () => {
  it('are the means of the feature maps over space, a row an image, whatever the batches', async () => {
    const network = captumNetwork(each);
    const maps = await featureMaps(network, input);
    const together = await layerVectors(network, [input]);
    const apart = await layerVectors(network, (async function* () {
        yield image(0);
        yield image(1);
      })()); // prettier-ignore
    expect(together.map(({ layer }) => layer)).toEqual(maps.map(({ layer }) => layer));
    together.forEach(({ data, shape }, i) => {
      const map = maps[i]!;
      const channels = map.shape.at(-1)!;
      const means = Array.from({ length: 2 * channels }, () => 0);
      const places = map.data.length / 2 / channels;
      map.data.forEach((value, at) => (means[Math.floor(at / (places * channels)) * channels + (at % channels)]! += value / places));
      expect(shape).toEqual([2, channels]);
      expect(relativeError(data, means)).toBeLessThan(1e-5);
      expect(relativeError(apart[i]!.data, [...data])).toBeLessThan(1e-5);
    });
    network.dispose();
  });

  it('asks for one batch at a time, so that a stream can free what it gave', async () => {
    const network = captumNetwork(each);
    let alive = 0;
    let most = 0;
    async function* stream() {
      for (let n = 0; n < 5; n++) {
        const tensor = tf.tensor(image(n % 2).data, [...image(0).shape]);
        most = Math.max(most, ++alive);
        yield tensor;
        tensor.dispose();
        alive--;
      }
    }
    const done: number[] = [];
    await leavesNoTensors(async () => {
      const vectors = await layerVectors(network, stream(), {
        layers: ['relu1', 'fc'],
        onProgress: (progress) => done.push(progress.done),
      });
      expect(vectors.map(({ shape }) => shape)).toEqual([
        [5, 3],
        [5, 1],
      ]);
    });
    expect(most).toBe(1);
    expect(done).toEqual([1, 2, 3, 4, 5]);
    network.dispose();
  });

  it('stops where it is asked to, and closes the stream', async () => {
    const network = captumNetwork(each);
    const stop = new AbortController();
    let closed = false;
    async function* stream() {
      try {
        for (;;) yield image(0);
      } finally {
        closed = true;
      }
    }
    const onProgress = ({ done }: { done: number }) => done === 3 && stop.abort(new Error('enough'));
    await leavesNoTensors(() => expect(layerVectors(network, stream(), { signal: stop.signal, onProgress })).rejects.toThrow('enough'));
    expect(closed).toBe(true);
    network.dispose();
  });

  it('gives nothing of no images', async () => {
    const network = captumNetwork(each);
    expect(await layerVectors(network, [])).toEqual([]);
    network.dispose();
  });
});
