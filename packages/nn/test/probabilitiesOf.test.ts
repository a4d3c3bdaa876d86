import * as tf from '@tensorflow/tfjs';
import { add, dense, flatten, input, model, probabilitiesOf } from '../src/index.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

/** The sum over two inputs, twice that of the second, as a logit. */
function weighing(): tf.LayersModel {
  const [a, b] = [input([2, 1], { name: 'a' }), input([3], { name: 'b' })];
  const [one, two] = [dense(flatten(a), 1, { name: 'one' }), dense(b, 1, { name: 'two' })];
  const network = model([a, b], add(one, two));
  for (const [name, weight, n] of [
    ['one', 1, 2],
    ['two', 2, 3],
  ] as const) {
    // prettier-ignore
    network.getLayer(name).setWeights([tf.fill([n, 1], weight), tf.zeros([1])]);
  }
  return network;
}

const sample = (x: number) => [
  { data: Float32Array.of(x, 0), shape: [2, 1] },
  { data: Float32Array.of(0, 0, x), shape: [3] },
];

onEachBackend(() => {
  it('are the sigmoids of the logits, in the order of the samples, however many are seen at once', async () => {
    const network = weighing();
    const samples = [-2, -1, 0, 1, 2].map(sample);
    const expected = [-2, -1, 0, 1, 2].map((x) => 1 / (1 + Math.exp(-3 * x)));
    await leavesNoTensors(async () => {
      for (const batchSize of [1, 2, 5, 16]) {
        const probabilities = await probabilitiesOf(network, samples, { batchSize });
        expect(probabilities).toHaveLength(5);
        probabilities.forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 5));
      }
    });
    network.dispose();
  });

  it('are refused for samples that the network does not take', async () => {
    const network = weighing();
    const [a, b] = sample(1);
    await expect(probabilitiesOf(network, [[a!]])).rejects.toThrow(/nn\/wrong-input[^]*2 x 1 and 3, found 2 x 1/);
    await expect(probabilitiesOf(network, [[a!, { ...b!, shape: [3, 1] }]])).rejects.toThrow(/found 2 x 1 and 3 x 1/);
    await expect(probabilitiesOf(network, [[a!, { ...b!, data: new Float32Array(4) }]])).rejects.toThrow(/2 and 4 values/);
    network.dispose();
  });
});
