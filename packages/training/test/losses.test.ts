import * as tf from '@tensorflow/tfjs';
import { binaryCrossEntropyWithLogits } from '../src/index.js';
import { golden } from './golden.js';
import { onCpu } from './onCpu.js';

interface LossGolden {
  readonly logits: number[];
  readonly labels: number[];
  readonly loss: number;
  readonly gradient: number[];
}

const torch = golden<LossGolden>('binaryCrossEntropy'); // PyTorch in float64, tools/golden/training_losses.py

beforeAll(onCpu);

describe('binaryCrossEntropyWithLogits', () => {
  const logits = () => tf.tensor2d(torch.logits, [torch.logits.length, 1]);
  const labels = () => tf.tensor1d(torch.labels);

  it('equals PyTorch, also where a logit would overflow', () => {
    expect(binaryCrossEntropyWithLogits(labels(), logits()).dataSync()[0]).toBeCloseTo(torch.loss, 6);
  });

  it('has the gradient of PyTorch, also at zero', () => {
    const gradient = tf
      .grad((x) => binaryCrossEntropyWithLogits(labels(), x))(logits())
      .dataSync();
    torch.gradient.forEach((expected, i) => expect(gradient[i]).toBeCloseTo(expected, 7));
  });

  it('is ln 2 where the model says nothing', () => {
    expect(binaryCrossEntropyWithLogits(tf.tensor1d([0, 1, 1]), tf.zeros([3, 1])).dataSync()[0]).toBeCloseTo(Math.LN2, 6);
  });

  it('frees all but the loss', () => {
    const [y, x] = [labels(), logits()];
    const before = tf.memory().numTensors;
    binaryCrossEntropyWithLogits(y, x);
    expect(tf.memory().numTensors - before).toBe(1);
  });
});
