import * as tf from '@tensorflow/tfjs';
import { input, loadPytorchTensors, lossAndGradients, lstm, model, toPytorchTensors, trainableVariables } from '../src/index.js';
import { golden } from './golden.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

interface Case {
  readonly name: string;
  readonly layers: number;
  readonly hidden: number;
  readonly shape: [number, number, number];
  readonly weights: readonly { readonly name: string; readonly shape: number[]; readonly data: number[]; readonly gradient: number[] }[];
  readonly x: number[];
  readonly dy: number[];
  readonly sequence: number[];
  readonly dx: number[];
}

function network({ layers, hidden, shape: [, steps, features] }: Case, returns: 'last' | 'sequence'): tf.LayersModel {
  const x = input([steps, features]);
  return model(x, lstm(x, { hidden, layers, returns, seed: 1, name: 'rnn' }));
}

function loaded(one: Case, returns: 'last' | 'sequence'): tf.LayersModel {
  const net = network(one, returns);
  const tensors = one.weights.map(({ name, shape, data }) => [`rnn.${name}`, { shape, data: Float32Array.from(data) }] as const);
  loadPytorchTensors(net, new Map(tensors));
  return net;
}

onEachBackend(() => {
  describe.each(golden<Case>('lstm'))("an LSTM with PyTorch's weights, $name", (one) => {
    const { shape, hidden } = one;
    const [b, steps] = shape;

    it("gives PyTorch's sequence, and its last step", () => {
      tf.tidy(() => {
        const expected = tf.tensor3d(one.sequence, [b, steps, hidden]);
        const [sequence, last] = (['sequence', 'last'] as const).map((returns) => {
          const net = loaded(one, returns);
          const y = net.predict(tf.tensor3d(one.x, shape)) as tf.Tensor;
          net.dispose();
          return y;
        });
        expect(largestDifference(sequence!, expected)).toBeLessThan(1e-5);
        expect(largestDifference(last!, tf.reshape(tf.slice(expected, [0, steps - 1, 0], [b, 1, hidden]), [b, hidden]))).toBeLessThan(1e-5);
      });
    });

    it("has PyTorch's gradients, for the input and every weight", () => {
      const net = loaded(one, 'sequence');
      tf.tidy(() => {
        const [x, dy] = [tf.tensor3d(one.x, shape), tf.tensor3d(one.dy, [b, steps, hidden])];
        const dx = tf.grad((at) => net.apply(at, { training: true }) as tf.Tensor)(x, dy);
        expect(largestDifference(dx, tf.tensor3d(one.dx, shape))).toBeLessThan(1e-5);
        const objective = () => tf.sum(tf.mul(net.apply(x, { training: true }) as tf.Tensor, dy)) as tf.Scalar;
        const { gradients } = lossAndGradients(trainableVariables(net), objective);
        gradients.forEach((gradient, i) => {
          const { shape: turned, gradient: values } = one.weights[i]!;
          const expected = tf.tensor(values, turned);
          expect(largestDifference(gradient, turned.length === 2 ? tf.transpose(expected) : expected)).toBeLessThan(1e-5);
        });
      });
      net.dispose();
    });

    it("carries PyTorch's names and shapes, in its order", () => {
      const net = network(one, 'last');
      const found = [...toPytorchTensors(net)].map(([name, tensor]) => [name, tensor.shape]);
      expect(found).toEqual(one.weights.map(({ name, shape: expected }) => [`rnn.${name}`, expected]));
      net.dispose();
    });

    it('frees what it makes', async () => {
      const net = network(one, 'last');
      const x = noise(shape, 1);
      await leavesNoTensors(() => tf.dispose(net.predict(x)));
      await leavesNoTensors(() => tf.dispose(tf.grad((at) => net.apply(at) as tf.Tensor)(x)));
      net.dispose();
      x.dispose();
    });
  });

  it('an LSTM has the gradients that differences show', () => {
    const x = input([4, 3]);
    const net = model(x, lstm(x, { hidden: 3, layers: 2, seed: 2 }));
    tf.tidy(() => expect(gradientError((at) => net.apply(at) as tf.Tensor, [noise([2, 4, 3], 1)])).toBeLessThan(2e-3));
    net.dispose();
  });
});
