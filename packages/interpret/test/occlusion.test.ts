import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { leavesNoTensors, onEachBackend } from '../../nn/test/onEachBackend.js';
import { classProbability, occlusion } from '../src/index.js';
import { captumInput, captumNetwork, captumResults } from './captumNetwork.js';
import { relativeError } from './golden.js';
import { shared } from './strangers.js';

onEachBackend(() => {
  it.each(captumResults)("is captum's, of a logit and with a number for a fill: $name", async ({ each, result, target }) => {
    const network = captumNetwork(each);
    const { patch, stride } = each;
    const map = await occlusion(network, captumInput(each), { patch, stride, fill: 0.25, target, batchSize: 7 });
    expect(map.shape).toEqual([2, ...each.grid]);
    expect(relativeError(map.data, result.occlusion)).toBeLessThan(1e-4);
    network.dispose();
  });

  it.each(captumResults)("is captum's, of a probability and with the mean for a fill: $name", async ({ each, result, target }) => {
    const network = captumNetwork(each);
    const { patch, stride } = each;
    const map = await occlusion(network, captumInput(each), { patch, stride, target: classProbability(target) });
    expect(relativeError(map.data, result.occlusionOfProbability)).toBeLessThan(1e-4);
    network.dispose();
  });

  it('leaves no tensor', async () => {
    const { each } = captumResults.at(-1)!;
    const network = captumNetwork(each);
    await leavesNoTensors(() => occlusion(network, captumInput(each), { patch: 4 }));
    network.dispose();
  });
});

describe('occlusion', () => {
  beforeAll(async () => {
    await selectBackend();
  });

  /** The logit is the sum of the image's voxels. */
  const summing = () => {
    const x = tf.input({ shape: [4, 4, 1] });
    const ones = tf.layers.dense({ units: 1, kernelInitializer: 'ones', useBias: false });
    return tf.model({ inputs: x, outputs: ones.apply(tf.layers.flatten().apply(x)) as tf.SymbolicTensor });
  };
  const counting = { data: Float32Array.from({ length: 16 }, (_, i) => i), shape: [1, 4, 4, 1] };

  it('of a sum is the sum of what a patch covers, less what stands in its place', async () => {
    const model = summing();
    const map = await occlusion(model, counting, { patch: 2, stride: 2, fill: 1 });
    expect([map.data[0], map.data[1], map.data[2], map.data[15]]).toEqual([0 + 1 + 4 + 5 - 4, 6, 2 + 3 + 6 + 7 - 4, 10 + 11 + 14 + 15 - 4]);
    expect(map.scores[0]).toBe(120);
    model.dispose();
  });

  it('averages over the patches that cover a voxel, and cuts the last one off at the border', async () => {
    const model = summing();
    const map = await occlusion(
      model,
      { data: new Float32Array(16).fill(1), shape: [1, 4, 4, 1] },
      { patch: [4, 3], stride: [4, 2], fill: 0 },
    );
    expect([...map.data.subarray(0, 4)]).toEqual([12, 12, (12 + 8) / 2, 8]); // columns 0 to 2, and 2 to 3
    model.dispose();
  });

  it('takes half a patch for a stride, and a patch larger than the image for the image', async () => {
    const model = summing();
    const totals: number[] = [];
    for (const patch of [4, 99, 2]) {
      await occlusion(model, counting, { patch, onProgress: ({ total }) => totals.push(total) });
    }
    expect(totals).toEqual([1, 1, 9]);
    model.dispose();
  });

  it('covers one of several inputs, and leaves the others', async () => {
    const { model, inputs } = shared();
    const [first, second] = [0, 1].map((input) => ({ patch: 3, input }));
    const maps = [await occlusion(model, inputs, first!), await occlusion(model, inputs.toReversed(), second!)];
    expect(relativeError(maps[1]!.data, [...maps[0]!.data])).toBeLessThan(1e-5); // the model adds what both give
    model.dispose();
    tf.dispose(inputs);
  });

  it('says how far it is, and stops where it is asked to, with nothing left behind', async () => {
    const model = summing();
    const heard: number[] = [];
    const stop = new AbortController();
    const options = {
      patch: 1,
      batchSize: 4,
      signal: stop.signal,
      onProgress: ({ done, total }: { done: number; total: number }) => {
        heard.push(done, total);
        if (done === 8) stop.abort(new Error('enough'));
      },
    };
    await leavesNoTensors(() => expect(occlusion(model, counting, options)).rejects.toThrow('enough'));
    expect(heard).toEqual([4, 16, 8, 16]);
    model.dispose();
  });

  it.each([
    [{ patch: 0 }, /bad-patch: option patch[^]*positive integer, or 2[^]*found 0/],
    [{ patch: [2, 2, 2] }, /bad-patch: option patch[^]*found 2 x 2 x 2/],
    [{ patch: 2, stride: 3 }, /bad-patch: option stride[^]*at most the patch's extent, 2 x 2[^]*found 3 x 3/],
    [{ patch: 2, batchSize: 0 }, /bad-patch: option batchSize/],
  ])('refuses %j', async (options, message) => {
    const model = summing();
    await leavesNoTensors(() => expect(occlusion(model, counting, options)).rejects.toThrow(message));
    model.dispose();
  });
});
