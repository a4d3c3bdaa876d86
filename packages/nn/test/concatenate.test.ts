import * as tf from '@tensorflow/tfjs';
import { concatenate, input, lossAndGradients, model } from '../src/index.js';
import { concatenation } from '../src/ops/concatenate.js';
import { gradientError, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

onEachBackend(() => {
  const concatenated = (...tensors: tf.Tensor[]) => concatenation(tensors);
  const three = () => [noise([2, 3, 4, 2], 1), noise([2, 3, 4, 1], 2), noise([2, 3, 4, 3], 3)];

  it('puts the channels of one behind those of the other', () => {
    tf.tidy(() => {
      const [a, b] = [tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]), tf.tensor4d([5, 6], [1, 1, 2, 1])];
      expect(Array.from(concatenated(a, b).dataSync())).toEqual([1, 2, 5, 3, 4, 6]);
    });
  });

  it('gives each input its part of the gradient', () => {
    tf.tidy(() => expect(gradientError(concatenated, three())).toBeLessThan(2e-3));
  });

  it('keeps no input for the gradient, as the stock one does, and leaves no tensor', async () => {
    const variables = three().map((tensor) => tf.variable(tensor));
    const keptBy = (concat: (tensors: tf.Tensor[]) => tf.Tensor) => {
      let kept = 0;
      const { loss, gradients } = lossAndGradients(variables, () => {
        const before = tf.memory().numTensors;
        const y = tf.tidy(() => concat(variables));
        kept = tf.memory().numTensors - before;
        return tf.sum(y) as tf.Scalar;
      });
      expect(gradients.map((gradient) => new Set(gradient.dataSync()))).toEqual(variables.map(() => new Set([1])));
      tf.dispose([loss, ...gradients]);
      return kept;
    };
    await leavesNoTensors(() => expect(keptBy(concatenation)).toBe(keptBy((tensors) => tf.concat(tensors, 3)) - variables.length));
    tf.dispose(variables);
  });

  it('is a layer that knows its shape', () => {
    const [a, b] = [input([4, 4, 2]), input([4, 4, 3], { name: 'other' })];
    expect(model([a, b], concatenate([a, b])).outputShape).toEqual([null, 4, 4, 5]);
  });
});
