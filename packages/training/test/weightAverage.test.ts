import * as tf from '@tensorflow/tfjs';
import { adam, type AverageConfig, WeightAverage } from '../src/index.js';
import { golden } from './golden.js';
import { onCpu } from './onCpu.js';
import { onEachBackend } from './onEachBackend.js';

interface Means {
  readonly weights: number[][];
  readonly averages: { readonly config: AverageConfig; readonly means: (number[] | null)[] }[];
}

const torch = golden<Means>('gradientsAndMeans'); // PyTorch in float64, tools/golden/training_gradients_and_means.py

const assign = (weight: tf.Variable, values: number[]) => tf.tidy(() => weight.assign(tf.tensor1d(values)));
const FIRST = torch.weights[0]!;

describe('WeightAverage', () => {
  beforeAll(onCpu);

  it.each(torch.averages)('equals PyTorch: $config', async ({ config, means }) => {
    const weight = tf.variable(tf.zeros([6]));
    const average = new WeightAverage([weight], config);
    for (const [i, values] of torch.weights.entries()) {
      assign(weight, values);
      average.update(i + 1);
      const [mean] = (await average.read()) ?? [null];
      expect(average.hasBegun).toBe(means[i] !== null);
      if (means[i]) means[i].forEach((expected, at) => expect(mean![at]).toBeCloseTo(expected, 6));
    }
  });

  it('lends the model the mean and gives it its own weights back, bit for bit, whatever happens', async () => {
    const weight = tf.variable(tf.tensor1d(FIRST));
    const average = new WeightAverage([weight], { decay: 0.5 });
    expect(await average.during(async () => [...weight.dataSync()])).toEqual([...weight.dataSync()]); // none yet
    average.update(1);
    assign(weight, torch.weights[1]!);
    const own = [...weight.dataSync()];
    const mean = [...(await average.read())![0]!];
    expect(mean).not.toEqual(own);
    expect(await average.during(async () => [...weight.dataSync()])).toEqual(mean);
    expect([...weight.dataSync()]).toEqual(own);
    await expect(average.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect([...weight.dataSync()]).toEqual(own);
    expect([...(await average.read())![0]!]).toEqual(mean);
  });

  it('goes on bit for bit from what was read, and frees what it made', async () => {
    const weight = tf.variable(tf.tensor1d(FIRST));
    const before = tf.memory().numTensors;
    const [straight, stopped, resumed] = [1, 2, 3].map(() => new WeightAverage([weight], { decay: 0.9 }));
    [straight!, stopped!].forEach((average) => average.update(1));
    resumed!.restore((await stopped!.read())!);
    assign(weight, torch.weights[1]!);
    [straight!, resumed!].forEach((average) => average.update(2));
    expect(await resumed!.read()).toEqual(await straight!.read());
    await resumed!.during(async () => undefined);
    [straight!, stopped!, resumed!].forEach((average) => average.dispose());
    expect(tf.memory().numTensors).toBe(before);
  });
});

onEachBackend(() => {
  it('does not disturb the optimizer whose weights it borrows', async () => {
    const train = async (lend: boolean) => {
      const [weight, gradient, optimizer] = [tf.variable(tf.tensor1d(FIRST)), tf.tensor1d(torch.weights[1]!), adam({ learningRate: 0.1 })];
      const state = optimizer.init([weight]);
      const average = new WeightAverage([weight], { decay: 0.5 });
      for (let step = 1; step <= 4; step++) {
        optimizer.update([gradient], state, 0.1);
        average.update(step);
        if (lend) await average.during(() => weight.data());
      }
      const values = [...weight.dataSync(), ...(await average.read())![0]!];
      [state, average].forEach((owner) => owner.dispose());
      tf.dispose([weight, gradient]);
      return values;
    };
    expect(await train(true)).toEqual(await train(false));
  });
});
