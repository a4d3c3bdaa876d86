import * as tf from '@tensorflow/tfjs';
import { arrayBatches, type Batch, type BatchSource, lossOf, predict, type UnlabeledBatch } from '../src/index.js';
import { evaluate } from '../src/predict.js';
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

  it('gives a row of logits and their softmax where there is one for each class', async () => {
    const three = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [6, 6, 1] }), tf.layers.dense({ units: 3 })] });
    const { ids, logits, probabilities, classes } = await predict(three, unshuffled(5));
    const direct = three.predict(tf.stack(Array.from({ length: 5 }, (_, i) => tf.fill([6, 6, 1], i)))) as tf.Tensor;
    expect([ids.length, classes]).toEqual([5, 3]);
    direct.dataSync().forEach((logit, i) => expect(logits[i]).toBeCloseTo(logit, 4));
    tf.softmax(direct)
      .dataSync()
      .forEach((p, i) => expect(probabilities[i]).toBeCloseTo(p, 5));
  });

  it('takes as many inputs as the model has', async () => {
    const model = twoBranches();
    const batches: UnlabeledBatch[] = [
      { inputs: [tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[10], [20]])], ids: ['a', 'b'] }, // prettier-ignore
      { inputs: [tf.tensor2d([[5, 6]]), tf.tensor2d([[30]])], ids: ['c'] },
    ];
    const { ids, logits } = await predict(model, sourceOf(batches));
    expect(ids).toEqual(['a', 'b', 'c']);
    expect([...logits]).toEqual([13, 27, 41]);
    expect(batches.every(({ inputs }) => (inputs as tf.Tensor[]).every(({ isDisposed }) => isDisposed))).toBe(true);
  });

  it('refuses a model that gives no row of logits an input', async () => {
    const image = tf.sequential({ layers: [tf.layers.reLU({ inputShape: [6, 6, 1] })] });
    await expect(predict(image, unshuffled(3))).rejects.toThrow(
      /training\/no-logits: .*\n {2}expected \[3, classes\] for 3 cases, found \[3, 6, 6, 1\]/,
    );
  });
});

describe('evaluate', () => {
  const dense = () => tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 3, kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }) })] }); // prettier-ignore
  const rows = [[1, 2], [3, -4], [0.5, 0], [-1, 1], [2, 2]]; // prettier-ignore
  const labels = [0, 2, 1, 2, 0];
  const inBatches = (sizes: readonly number[], labelsOf: (labels: number[]) => tf.Tensor) => {
    const batches: Batch[] = [];
    for (let begin = 0; begin < rows.length; begin += sizes[batches.length - 1]!) {
      const end = begin + sizes[batches.length]!;
      const ids = labels.slice(begin, end).map((_, i) => `${begin + i}`);
      batches.push({ inputs: tf.tensor2d(rows.slice(begin, end)), labels: labelsOf(labels.slice(begin, end)), ids });
    }
    return sourceOf(batches);
  };

  it('has the loss of one large batch, whatever batches there are and however classes are weighted', async () => {
    const [model, loss] = [dense(), lossOf({ kind: 'categorical-cross-entropy-with-logits', classWeights: [1, 2, 5] })];
    const whole = await evaluate(model, inBatches([5], tf.tensor1d), loss);
    const parts = await evaluate(model, inBatches([2, 2, 1], tf.tensor1d), loss);
    const mean = loss.mean(tf.tensor1d(labels), model.predict(tf.tensor2d(rows)) as tf.Tensor).dataSync()[0]!;
    expect(whole!.loss).toBeCloseTo(mean, 6);
    expect(parts!.loss).toBeCloseTo(mean, 6);
    expect([...parts!.labels]).toEqual(labels);
  });

  it('names the class of one-hot labels', async () => {
    const loss = lossOf({ kind: 'categorical-cross-entropy-with-logits' });
    const oneHot = (values: number[]) => tf.oneHot(tf.tensor1d(values, 'int32'), 3).toFloat();
    expect([...(await evaluate(dense(), inBatches([3, 2], oneHot), loss))!.labels]).toEqual(labels);
  });
});

/** The sum of all that it is given. */
function twoBranches(): tf.LayersModel {
  const [a, b] = [tf.input({ shape: [2] }), tf.input({ shape: [1] })];
  const joined = tf.layers.concatenate().apply([a, b]) as tf.SymbolicTensor;
  const sum = tf.layers.dense({ units: 1, kernelInitializer: 'ones' }).apply(joined) as tf.SymbolicTensor;
  return tf.model({ inputs: [a, b], outputs: sum });
}

function sourceOf<B extends UnlabeledBatch>(batches: readonly B[]): BatchSource<B> {
  return {
    batchesPerEpoch: batches.length,
    async *batches() {
      yield* batches;
    },
  };
}
