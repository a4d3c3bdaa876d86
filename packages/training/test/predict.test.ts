import * as tf from '@tensorflow/tfjs';
import { arrayBatches, predict } from '../src/index.js';
import { onCpu } from './onCpu.js';
import { smallData, smallModel } from './smallRun.js';

beforeAll(onCpu);

describe('predict', () => {
  const unshuffled = (cases: number) =>
    arrayBatches({
      ids: Array.from({ length: cases }, (_, i) => `case ${i}`),
      shape: [6, 6, 1],
      batchSize: 4,
      load: async (i) => new Float32Array(36).fill(i),
    });

  it('gives ids, logits and their sigmoids in the order of the data, without labels', async () => {
    const model = smallModel();
    const { ids, logits, probabilities } = await predict(model, unshuffled(6));
    const direct = model.predict(tf.stack(Array.from({ length: 6 }, (_, i) => tf.fill([6, 6, 1], i)))) as tf.Tensor;
    expect(ids).toEqual(['case 0', 'case 1', 'case 2', 'case 3', 'case 4', 'case 5']);
    direct.dataSync().forEach((logit, i) => expect(logits[i]).toBeCloseTo(logit, 6));
    logits.forEach((logit, i) => expect(probabilities[i]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 6));
  });

  it('does not move running statistics', async () => {
    const model = smallModel();
    const before = model.getWeights().map((weight) => weight.arraySync());
    await predict(model, smallData());
    expect(model.getWeights().map((weight) => weight.arraySync())).toEqual(before);
  });

  it('frees all tensors', async () => {
    const model = smallModel();
    await predict(model, smallData());
    const before = tf.memory().numTensors;
    await predict(model, smallData());
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses a model with more than one logit an input', async () => {
    const two = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [6, 6, 1] }), tf.layers.dense({ units: 2 })] });
    await expect(predict(two, unshuffled(3))).rejects.toThrow(
      /training\/not-one-logit: .*\n {2}expected \[3, 1\] for 3 cases, found \[3, 2\]/,
    );
  });
});
