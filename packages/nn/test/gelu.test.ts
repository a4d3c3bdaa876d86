import * as tf from '@tensorflow/tfjs';
import { gelu as geluLayer, input, model } from '../src/index.js';
import { gelu } from '../src/ops/gelu.js';
import { golden } from './golden.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

type Numbers = readonly number[];
const [exact] = golden<Readonly<Record<'x' | 'y' | 'dx', Numbers>>>('gelu');
const vector = (values: Numbers) => tf.tensor1d([...values], 'float32');

onEachBackend(() => {
  it("equals PyTorch's exact form and its gradient, from -30 to 30", () => {
    tf.tidy(() => {
      const { value, grad } = tf.valueAndGrad(gelu)(vector(exact!.x));
      value.dataSync().forEach((y, i) => expect(Math.abs(y - exact!.y[i]!)).toBeLessThan(1e-6 * Math.max(1, Math.abs(exact!.y[i]!)))); // tfjs's own erf is good to 1.5e-7
      grad.dataSync().forEach((dx, i) => expect(Math.abs(dx - exact!.dx[i]!)).toBeLessThan(2e-6));
    });
  });

  it('has the gradient that tfjs finds for the composition, and that differences show', () => {
    tf.tidy(() => {
      const [x, dy] = [noise([3, 4, 5], 1), noise([3, 4, 5], 2)];
      const plain = (at: tf.Tensor) => tf.mul(tf.mul(at, 0.5), tf.add(tf.erf(tf.div(at, Math.SQRT2)), 1));
      expect(largestDifference(tf.grad(gelu)(x, dy), tf.grad(plain)(x, dy))).toBeLessThan(1e-6);
      expect(gradientError(gelu, [x])).toBeLessThan(2e-3);
    });
  });

  it('frees what it makes, as an operation and as a layer', async () => {
    const x = noise([3, 4], 1);
    await leavesNoTensors(() => gelu(x).dispose());
    await leavesNoTensors(() => tf.grad(gelu)(x).dispose());
    const at = input([4]);
    const network = model(at, geluLayer(at));
    await leavesNoTensors(() => (network.predict(x) as tf.Tensor).dispose());
    x.dispose();
  });
});
