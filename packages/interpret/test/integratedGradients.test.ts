import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { leavesNoTensors, onEachBackend } from '../../nn/test/onEachBackend.js';
import { integratedGradients } from '../src/index.js';
import { captumCases, captumInput, captumNetwork, captumResults } from './captumNetwork.js';
import { relativeError } from './golden.js';
import { twoInputs } from './strangers.js';

onEachBackend(() => {
  it.each(captumResults)("is captum's, by the middle rule: $name", async ({ each, result, target }) => {
    const network = captumNetwork(each);
    for (const { baseline, values, gap } of result.integratedGradients) {
      const shares = await integratedGradients(network, captumInput(each), { target, baseline, steps: 12, batchSize: 5 });
      expect(shares.shape).toEqual([2, ...each.grid, 2]);
      expect(relativeError(shares.data, values)).toBeLessThan(1e-4);
      gap.forEach((expected, image) => expect(Math.abs(shares.gap[image]! - expected)).toBeLessThan(1e-5));
    }
    network.dispose();
  });

  it('leaves no tensor', async () => {
    const each = captumCases.at(-1)!;
    const network = captumNetwork(each);
    await leavesNoTensors(() => integratedGradients(network, captumInput(each), { steps: 3 }));
    network.dispose();
  });
});

describe('integratedGradients', () => {
  beforeAll(async () => {
    await selectBackend();
  });

  const each = captumCases.at(-1)!;

  it('adds up to the difference of the scores, the closer the more steps it takes', async () => {
    const network = captumNetwork(each);
    const gaps: number[] = [];
    for (const steps of [1, 20, 400]) {
      const { data, scores, baselineScores, gap } = await integratedGradients(network, captumInput(each), { steps, batchSize: 50 });
      const half = data.length / 2;
      [0, 1].forEach((image) => {
        const sum = data.subarray(image * half, (image + 1) * half).reduce((total, value) => total + value, 0);
        expect(sum - gap[image]!).toBeCloseTo(scores[image]! - baselineScores[image]!, 5);
      });
      gaps.push(Math.max(...gap.map(Math.abs)));
    }
    expect(gaps[1]).toBeLessThan(gaps[0]! / 5);
    expect(gaps[2]).toBeLessThan(gaps[1]! / 5);
    expect(gaps[2]).toBeLessThan(1e-3); // of scores that differ by half; a ReLU bends at any place of the path
    network.dispose();
  });

  it('of a linear model is weight times value, in a single step, whatever the baseline', async () => {
    const x = tf.input({ shape: [2, 2, 1] });
    const linear = tf.layers.dense({ units: 1, useBias: false, weights: [tf.tensor2d([1, -2, 3, 4], [4, 1])] });
    const model = tf.model({ inputs: x, outputs: linear.apply(tf.layers.flatten().apply(x)) as tf.SymbolicTensor });
    const image = { data: Float32Array.of(5, 6, 7, 8), shape: [1, 2, 2, 1] };
    const shares = await integratedGradients(model, image, {
      steps: 1,
      baseline: { data: Float32Array.of(1, 1, 0, 8), shape: image.shape },
    });
    expect([...shares.data]).toEqual([4, -10, 21, 0]);
    expect([...shares.gap]).toEqual([0]);
    model.dispose();
  });

  it('moves one of several inputs and holds the others', async () => {
    const { model, inputs } = twoInputs();
    const shares = await integratedGradients(model, inputs, { input: 1, steps: 200, batchSize: 100 });
    expect(shares.shape).toEqual([1, 6, 6, 2]);
    const without = tf.tidy(() => (model.predict([inputs[0]!, tf.zerosLike(inputs[1]!)]) as tf.Tensor).dataSync()[0]!);
    expect(shares.baselineScores[0]).toBeCloseTo(without, 5);
    expect(Math.abs(shares.gap[0]!)).toBeLessThan(1e-3);
    model.dispose();
    tf.dispose(inputs);
  });

  it('says how far it is, and stops where it is asked to, with nothing left behind', async () => {
    const network = captumNetwork(each);
    const stop = new AbortController();
    const heard: number[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      heard.push(done, total);
      if (done === 6) stop.abort(new Error('enough'));
    };
    const options = { steps: 4, batchSize: 2, signal: stop.signal, onProgress };
    await leavesNoTensors(() => expect(integratedGradients(network, captumInput(each), options)).rejects.toThrow('enough'));
    expect(heard).toEqual([2, 8, 4, 8, 6, 8]);
    network.dispose();
  });

  it.each([
    [{ steps: 0 }, /bad-steps: option steps[^]*found 0/],
    [{ batchSize: 1.5 }, /bad-steps: option batchSize/],
    [{ baseline: { data: new Float32Array(2), shape: [1, 2] } }, /wrong-input: option baseline[^]*found \[1, 2\]/],
  ])('refuses %j', async (options, message) => {
    const network = captumNetwork(each);
    await leavesNoTensors(() => expect(integratedGradients(network, captumInput(each), options)).rejects.toThrow(message));
    network.dispose();
  });
});
